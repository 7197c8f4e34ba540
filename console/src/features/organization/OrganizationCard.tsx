import type { ReactNode } from "react";
import styles from "./organization.module.css";

interface Props {
  name: string;
  state: ReactNode;
  children: ReactNode;
}

/** A store or an employee on a phone: the name and the state, and what stands below them. */
export function OrganizationCard({ name, state, children }: Props) {
  return (
    <div>
      <div className={styles.line}>
        <b>{name}</b>
        {state}
      </div>
      {children}
    </div>
  );
}
