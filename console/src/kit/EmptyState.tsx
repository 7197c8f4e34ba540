import type { ReactNode } from "react";
import styles from "./states.module.css";

interface Props {
  title: string;
  hint?: string;
  action?: ReactNode;
  icon?: ReactNode;
}

/** Says what this is, why it is empty, and what to do next. */
export function EmptyState({ title, hint, action, icon }: Props) {
  return (
    <div className={styles.state}>
      {icon && <div className={styles.icon}>{icon}</div>}
      <div className={styles.title}>{title}</div>
      {hint && <div className={styles.hint}>{hint}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
