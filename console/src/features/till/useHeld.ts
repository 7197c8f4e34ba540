import { useEffect, useState } from "react";
import { type HeldSale, heldIn, holdIn, prefixOf, takeFrom } from "./held";
import type { Sale } from "./sale";

const most = 20;

/** Sales set aside in this browser for a store, in whichever of its tabs. */
export function useHeld(store: string, cashier: string) {
  const [held, setHeld] = useState(() => heldIn(localStorage, store));
  const look = () => setHeld(heldIn(localStorage, store));
  // biome-ignore lint/correctness/useExhaustiveDependencies: it reads what is there, for this store
  useEffect(() => {
    // Heard from other tabs alone; `key` null: all was cleared.
    const hear = ({ key }: StorageEvent) => (key === null || key.startsWith(prefixOf(store))) && look();
    window.addEventListener("storage", hear);
    return () => window.removeEventListener("storage", hear);
  }, [store]);
  return {
    held,
    isFull: held.length >= most,
    hold: (sale: Sale, at: string) => {
      holdIn(localStorage, store, { id: nameOf(at), at, by: cashier, sale });
      look();
    },
    /** Null: another tab was faster. */
    take: async (one: HeldSale) => {
      const taken = await alone(() => takeFrom(localStorage, store, one.id));
      look();
      return taken;
    },
  };
}

/** Two tabs may set a sale aside at the same instant. */
function nameOf(at: string): string {
  const [chance] = crypto.getRandomValues(new Uint32Array(1));
  return `${at}-${chance}`;
}

/** One tab at a time; where the browser has no locks, a look and a removal are as near as it gets. */
async function alone<Value>(act: () => Value): Promise<Value> {
  if (!("locks" in navigator)) return act();
  return await navigator.locks.request("shuke.till.held", act);
}
