import { useEffect, useRef } from "react";

export type Keys = Record<string, () => unknown>;

interface When {
  isOn?: boolean;
  /** Keys of the page itself are silent while something is open over it and has the focus. */
  isOfPage?: boolean;
}

/** What keys do, wherever the focus is. */
export function useKeys(keys: Keys, { isOn = true, isOfPage = false }: When = {}): void {
  const now = useRef(keys);
  now.current = keys;
  useEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const act = now.current[event.key] ?? now.current[event.key.toLowerCase()];
      if (!act || (isOfPage && isInDialog(event.target))) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    window.addEventListener("keydown", press, true);
    return () => window.removeEventListener("keydown", press, true);
  }, [isOn, isOfPage]);
}

const isInDialog = (target: EventTarget | null) =>
  target instanceof Element && target.closest('[role="dialog"]') !== null;
