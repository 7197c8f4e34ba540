import { useUrlState } from "../../../kit/useUrlState";

const place = "shuke.till-store";
const defaults = { store: "" };

/** The store that this till stands in: the address says it, or else what was chosen here last. */
export function useTillStore(
  stores: { code: string; status: string }[] | undefined,
): [string, (code: string) => void] {
  const [{ store }, patch] = useUrlState(defaults);
  const open = stores?.filter((one) => one.status === "open") ?? [];
  const known = [store, localStorage.getItem(place)].find((code) => stores?.some((one) => one.code === code));
  const choose = (code: string) => {
    localStorage.setItem(place, code);
    patch({ store: code }, { isReplacing: true });
  };
  return [known || open[0]?.code || "", choose];
}
