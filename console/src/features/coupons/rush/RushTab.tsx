import { useMay } from "../../../api/session";
import type { CouponTabProps } from "../tabs";
import { Draws } from "./Draws";
import { Live } from "./Live";
import styles from "./rush.module.css";

/** Very many at once: how the rush stands, the way to stop it, and draws. */
export function RushTab({ template }: CouponTabProps) {
  const may = useMay();
  return (
    <div className={styles.page}>
      <Live template={template} />
      <Draws template={template} mayArrange={may("coupons.issue")} />
    </div>
  );
}
