import type { components } from "../../../api/schema";
import { useSession } from "../../../api/session";
import { useUrlState } from "../../../kit/useUrlState";

type Store = components["schemas"]["StoreOut"];

const place = "shuke.till-store";
const defaults = { store: "" };

interface Till {
  store: string;
  choose: (code: string) => void;
  /** Where this person may redeem: stores of theirs that are open, and the one chosen. */
  choices: Store[];
}

/** The store that this till stands in: the address says it, or else what was chosen here last. */
export function useTillStore(stores: Store[] | undefined): Till {
  const { data: session } = useSession();
  const [{ store }, patch] = useUrlState(defaults);
  const own = stores?.filter((one) => session?.stores?.includes(one.id) ?? true) ?? [];
  const open = own.filter((one) => one.status === "open");
  const known = [store, localStorage.getItem(place)].find((code) => own.some((one) => one.code === code));
  const choose = (code: string) => {
    localStorage.setItem(place, code);
    patch({ store: code }, { isReplacing: true });
  };
  const chosen = known || open[0]?.code || "";
  return {
    store: chosen,
    choose,
    choices: own.filter((one) => one.status === "open" || one.code === chosen),
  };
}
