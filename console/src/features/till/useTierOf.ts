import type { TierRef } from "../../api/contract";
import { useTiers } from "../../api/tiers";

/** A level with its name and colour by its code. */
export function useTierOf(): (code: string) => TierRef | null {
  const { data } = useTiers();
  return (code) => data?.levels.find((level) => level.code === code) ?? null;
}
