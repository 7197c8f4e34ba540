import { useTranslation } from "react-i18next";
import type { HeldCoupon } from "../../../api/heldCoupons";
import { nameOf } from "../../../kit/nameOf";
import { useFormat } from "../../../kit/useFormat";
import { HeldState } from "./HeldState";
import styles from "./holding.module.css";

/** A coupon's row on a phone. */
export function HeldCard({ coupon, currency }: { coupon: HeldCoupon; currency?: string }) {
  const { t } = useTranslation();
  const { money, name, day } = useFormat();
  return (
    <div className={styles.card}>
      <div className={styles.line}>
        <b>{name(coupon.template.name)}</b>
        <HeldState coupon={coupon} />
      </div>
      <div className={styles.line}>
        <span className={styles.code}>{coupon.code}</span>
        <span className="num">{coupon.discount_minor > 0 && money(coupon.discount_minor, currency)}</span>
      </div>
      <div className={styles.line}>
        <span className={styles.quiet}>
          {coupon.member ? nameOf(coupon.member) : t("couponHolding.bearer")}
        </span>
        <span className={styles.quiet}>
          {coupon.expires_on
            ? t("couponHolding.until", { day: day(coupon.expires_on) })
            : t("couponHolding.forever")}
        </span>
      </div>
    </div>
  );
}
