import type { ReactNode } from "react";
import styles from "./Card.module.css";

interface Props {
  title?: ReactNode;
  note?: ReactNode;
  extra?: ReactNode;
  isFlush?: boolean;
  className?: string;
  children: ReactNode;
}

/** A white sheet with one line around it. `isFlush` lets a table reach the edges. */
export function Card({ title, note, extra, isFlush = false, className = "", children }: Props) {
  return (
    <section className={`${styles.card} ${isFlush ? styles.flush : ""} ${className}`}>
      {(title || extra) && (
        <header className={styles.head}>
          <div>
            {title && <h2>{title}</h2>}
            {note && <p>{note}</p>}
          </div>
          {extra}
        </header>
      )}
      <div className={styles.body}>{children}</div>
    </section>
  );
}
