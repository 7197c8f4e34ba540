import type { ReactNode } from "react";
import styles from "./FullPage.module.css";
import { useTitle } from "./useTitle";

interface Props {
  mark: ReactNode;
  title: string;
  hint: string;
  action: ReactNode;
}

export function FullPage({ mark, title, hint, action }: Props) {
  useTitle(title);
  return (
    <div className={styles.page}>
      <div className={styles.mark}>{mark}</div>
      <h1>{title}</h1>
      <p>{hint}</p>
      {action}
    </div>
  );
}
