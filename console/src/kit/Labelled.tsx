import type { ReactNode } from "react";
import styles from "./Labelled.module.css";

/** A field outside of a form, with its name above it. */
export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: antd's field sits inside its label
    <label className={styles.labelled}>
      {label}
      {children}
    </label>
  );
}
