import { type Key, useMemo, useState } from "react";

/** Rows that somebody picked, or everything that the list's filters match. */
export interface Selection {
  keys: readonly Key[];
  /** Everything that matches, on all pages; `keys` says nothing then. */
  isAll: boolean;
  pick: (keys: readonly Key[]) => void;
  pickAll: () => void;
  clear: () => void;
}

/** Selects over pages; what the list is narrowed to (`scope`) is what a selection is about, so it ends with it. */
export function useSelection(scope: unknown): Selection {
  const about = JSON.stringify(scope);
  const [kept, setKept] = useState<{ about: string; keys: readonly Key[]; isAll: boolean } | null>(null);
  const chosen = kept?.about === about ? kept : null;
  return useMemo(
    () => ({
      keys: chosen?.keys ?? [],
      isAll: chosen?.isAll ?? false,
      pick: (keys) => setKept(keys.length > 0 ? { about, keys, isAll: false } : null),
      pickAll: () => setKept({ about, keys: [], isAll: true }),
      clear: () => setKept(null),
    }),
    [chosen, about],
  );
}
