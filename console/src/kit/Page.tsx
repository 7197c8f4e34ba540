import type { ReactNode } from "react";
import styles from "./Page.module.css";
import { useTitle } from "./useTitle";

interface Props {
  title: string;
  purpose?: ReactNode;
  action?: ReactNode;
  breadcrumb?: ReactNode;
  children: ReactNode;
}

/** One title, one sentence of what the page is for, one action at the top right. */
export function Page({ title, purpose, action, breadcrumb, children }: Props) {
  useTitle(title);
  return (
    <div className={styles.page}>
      {breadcrumb && <div className={styles.breadcrumb}>{breadcrumb}</div>}
      <header className={styles.head}>
        <div className={styles.words}>
          <h1>{title}</h1>
          {purpose && <p>{purpose}</p>}
        </div>
        {action && <div className={styles.action}>{action}</div>}
      </header>
      {children}
    </div>
  );
}
