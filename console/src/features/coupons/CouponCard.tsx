import type { ReactNode } from "react";
import styles from "./coupons.module.css";

interface Props {
  headline: string;
  title: string;
  note?: ReactNode;
  action?: ReactNode;
  isFaded?: boolean;
}

/** A coupon as members know it: the discount on the stub, beside it what it is called and when it goes. */
export function CouponCard({ headline, title, note, action, isFaded = false }: Props) {
  return (
    <div className={styles.coupon} data-faded={isFaded}>
      <div className={styles.stub}>{headline}</div>
      <div className={styles.face}>
        <b>{title}</b>
        {note && <div className={styles.note}>{note}</div>}
      </div>
      {action && <div className={styles.act}>{action}</div>}
    </div>
  );
}
