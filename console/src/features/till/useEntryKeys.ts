import type { KeyboardEvent } from "react";
import type { Wanted } from "./meaning";
import { picksOf } from "./Results";
import { type Sale, type Step, selectedLine } from "./sale";
import type { Found } from "./useEntry";

interface Surroundings {
  text: string;
  wanted: Wanted;
  found: Found | null;
  sale: Sale;
  step: (step: Step) => void;
  setActive: (change: (now: number) => number) => void;
}

/** Keys in the field: arrows choose, and while nothing is typed, + − and Delete act on the selected line. */
export function useEntryKeys({ text, wanted, found, sale, step, setActive }: Surroundings) {
  return (event: KeyboardEvent) => {
    const line = selectedLine(sale);
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by !== 0) {
      event.preventDefault();
      const last = found ? picksOf(found).length - 1 : -1;
      if (last >= 0) setActive((now) => Math.max(0, Math.min(last, now + by)));
      else step({ kind: "move", by });
      return;
    }
    // Who looks for a member may begin with a plus: a number of another country.
    if (text !== "" || wanted === "member" || !line) return;
    const more = event.key === "+" || event.key === "=" ? 1 : event.key === "-" ? -1 : 0;
    if (more !== 0) step({ kind: "count", id: line.id, quantity: line.quantity + more });
    else if (event.key === "Delete") step({ kind: "remove", id: line.id });
    else return;
    event.preventDefault();
  };
}
