import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import type { Clear } from "../../../api/unmask";

/** So long personal values stay in clear before they are masked again. */
export const clearForMinutes = 5;

interface Seen {
  values: Clear | null;
  /** When they are masked again. */
  until: number | null;
  show: (values: Clear) => void;
  hide: () => void;
}

const Context = createContext<Seen>({ values: null, until: null, show: () => {}, hide: () => {} });

/** Keeps what somebody asked to see in clear, for one member, for some minutes, and nowhere but here. */
export function Unmasked({ children }: { children: ReactNode }) {
  const [seen, setSeen] = useState<{ values: Clear; until: number } | null>(null);
  useEffect(() => {
    if (!seen) return;
    const timer = setTimeout(() => setSeen(null), Math.max(0, seen.until - Date.now()));
    return () => clearTimeout(timer);
  }, [seen]);
  const value = useMemo<Seen>(
    () => ({
      values: seen?.values ?? null,
      until: seen?.until ?? null,
      show: (values) => setSeen({ values, until: Date.now() + clearForMinutes * 60_000 }),
      hide: () => setSeen(null),
    }),
    [seen],
  );
  return <Context value={value}>{children}</Context>;
}

export const useUnmasked = () => useContext(Context);
