import type { InputRef } from "antd";
import { type RefObject, useCallback, useEffect } from "react";

/** Longer than a dialog takes to close and to hand the keyboard back to what may be gone. */
const closedMs = 350;

/** Brings the keyboard home to where codes are scanned; what is typed nowhere goes there as well. */
export function useHome(field: RefObject<InputRef | null>, isAtWork: boolean): () => void {
  useEffect(() => {
    if (!isAtWork) return;
    const press = (event: KeyboardEvent) => {
      if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.activeElement === document.body) field.current?.focus();
    };
    window.addEventListener("keydown", press, true);
    return () => window.removeEventListener("keydown", press, true);
  }, [field, isAtWork]);

  return useCallback(() => {
    setTimeout(() => field.current?.focus());
    setTimeout(() => {
      if (document.activeElement === document.body) field.current?.focus();
    }, closedMs);
  }, [field]);
}
