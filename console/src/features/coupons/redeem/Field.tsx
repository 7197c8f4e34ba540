import { type ReactNode, useId } from "react";
import styles from "./redeem.module.css";

interface Props {
  label: string;
  help?: string;
  children: (id: string) => ReactNode;
}

/** A field with its name above and its help below, outside of a form. */
export function Field({ label, help, children }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {help && <span className={styles.quiet}>{help}</span>}
    </div>
  );
}
