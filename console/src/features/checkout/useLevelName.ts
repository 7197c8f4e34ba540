import { useTiers } from "../../api/tiers";
import { useFormat } from "../../kit/useFormat";

/** A level's name by its code. */
export function useLevelName(): (code: string) => string {
  const { name } = useFormat();
  const { data } = useTiers();
  return (code) => {
    const found = data?.levels.find((level) => level.code === code);
    return found ? name(found.name) : code;
  };
}
