import type { ReactNode } from "react";
import styles from "./Swatch.module.css";

export type Tone = "plain" | "good" | "warn" | "bad";

/** A state told by a dot and a word; colour alone would leave some people out. */
export function Swatch({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={styles.swatch} data-tone={tone}>
      {children}
    </span>
  );
}
