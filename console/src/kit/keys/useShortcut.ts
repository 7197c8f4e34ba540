import { useEffect, useRef } from "react";
import { addShortcut, keyOf, meantBy, type Shortcut } from "./registry";

/** A shortcut for as long as the component stands. */
export function useShortcut({ keys, label, where, run, isReady }: Shortcut): void {
  const now = useRef({ run, isReady });
  useEffect(() => {
    now.current = { run, isReady };
  });
  useEffect(
    () =>
      addShortcut({
        keys,
        label,
        where,
        run: () => now.current.run(),
        isReady: () => now.current.isReady?.() ?? true,
      }),
    [keys, label, where],
  );
}

/** Listens for all shortcuts; the frame does so once. */
export function useShortcutKeys(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const key = keyOf(event);
      const meant = key === null ? null : meantBy(key, event.timeStamp);
      if (!meant) return;
      event.preventDefault();
      meant.run();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
