import { useState } from "react";
import type { Store } from "../../api/contract";

/** Shared with the page where coupons are redeemed: one till stands in one store. */
const place = "shuke.till-store";

interface Chosen {
  store: Store | null;
  choose: (code: string | null) => void;
  /** Open stores for which this person may act; `own` null: all. */
  choices: Store[];
}

/** The store that this till stands in, as it was chosen here last. */
export function useStore(stores: Store[] | undefined, own: number[] | null): Chosen {
  const [code, setCode] = useState(() => localStorage.getItem(place));
  const choices = (stores ?? []).filter((one) => one.status === "open" && (own?.includes(one.id) ?? true));
  const choose = (next: string | null) => {
    if (next === null) localStorage.removeItem(place);
    else localStorage.setItem(place, next);
    setCode(next);
  };
  const only = choices.length === 1 ? choices[0] : undefined;
  return { store: only ?? choices.find((one) => one.code === code) ?? null, choose, choices };
}
