import { useSyncExternalStore } from "react";
import { narrowBelow } from "../app/tokens";

const query = window.matchMedia(`(max-width: ${narrowBelow - 1}px)`);

function subscribe(notify: () => void): () => void {
  query.addEventListener("change", notify);
  return () => query.removeEventListener("change", notify);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}
