import { useTranslation } from "react-i18next";
import type { ShownCoupon } from "../../../api/couponRedeem";
import { Swatch, type Tone } from "../../../kit/Swatch";
import { useFormat } from "../../../kit/useFormat";
import { CouponCard } from "../CouponCard";
import { Sentences } from "../Sentences";
import styles from "./redeem.module.css";

const tones: Record<ShownCoupon["state"], Tone> = {
  issued: "good",
  locked: "warn",
  redeemed: "plain",
  expired: "bad",
  void: "bad",
  given: "plain",
};

/** A coupon as a cashier has to know it: what it gives, who holds it, until when, and on what terms. */
export function CouponFace({ coupon }: { coupon: ShownCoupon }) {
  const { t } = useTranslation();
  const { name, dayWithWeekday, moment } = useFormat();
  const { holder, redemption } = coupon;
  return (
    <div className={styles.stack}>
      <CouponCard
        headline={name(coupon.headline)}
        title={name(coupon.template.name)}
        isFaded={coupon.state !== "issued"}
        note={
          <>
            <div className={styles.code}>{grouped(coupon.code)}</div>
            <Swatch tone={tones[coupon.state]}>{t(`couponRedeem.state.${coupon.state}`)}</Swatch>
          </>
        }
      />
      <dl className={styles.facts}>
        <dt>{t("couponRedeem.holder")}</dt>
        <dd>
          {holder
            ? `${holder.name ?? t("couponRedeem.nameless")} · ${holder.number}`
            : t(coupon.is_nobodys ? "couponRedeem.bearer" : "couponRedeem.elsewhere")}
        </dd>
        <dt>{t("couponRedeem.until")}</dt>
        <dd>{coupon.expires_on ? dayWithWeekday(coupon.expires_on) : t("couponRedeem.noEnd")}</dd>
        {coupon.gifts.length > 0 && (
          <>
            <dt>{t("couponRedeem.gift")}</dt>
            <dd>
              {coupon.gifts
                .slice(0, 6)
                .map((gift) => gift.name ?? gift.product)
                .join(t("couponRedeem.or"))}
              {coupon.pieces !== null && ` × ${coupon.pieces}`}
            </dd>
          </>
        )}
        {redemption && (
          <>
            <dt>{t("couponRedeem.used")}</dt>
            <dd>
              {[moment(redemption.at), redemption.store?.name, redemption.by.name]
                .filter(Boolean)
                .join(" · ")}
            </dd>
          </>
        )}
      </dl>
      <Sentences of={coupon.terms} />
    </div>
  );
}

/** In fours, as it is printed and read aloud. */
const grouped = (code: string) =>
  /^[0-9A-Z]{16}$/.test(code) ? (code.match(/.{4}/g) ?? []).join(" ") : code;
