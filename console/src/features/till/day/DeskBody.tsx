import { type ReactNode, useEffect, useRef } from "react";
import styles from "./day.module.css";

/** Takes the keyboard from the sale behind it, so that its keys mean this page and Esc closes it. */
export function DeskBody({ children }: { children: ReactNode }) {
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (!top.current?.contains(document.activeElement)) top.current?.focus();
    });
    return () => clearTimeout(timer);
  }, []);
  return (
    <div ref={top} tabIndex={-1} className={styles.body}>
      {children}
    </div>
  );
}
