import { useTranslation } from "react-i18next";
import type { Quote } from "../../api/checkout";
import { useFormat } from "../../kit/useFormat";
import styles from "./checkout.module.css";

/** The coupons that a cart uses, what each takes off, and why the member's others are not used. */
export function QuoteCoupons({ quote }: { quote: Quote }) {
  const { t } = useTranslation();
  const { money, name } = useFormat();
  return (
    <>
      {quote.coupons.length > 0 && <h3>{t("checkout.quote.coupons")}</h3>}
      <ul className={styles.list}>
        {quote.coupons.map((one) => (
          <li key={one.code} className={styles.line}>
            <span>
              <b>{name(one.name)}</b> <span className={styles.quiet}>{one.code}</span>
            </span>
            <span className="num">{money(-one.discount_minor, quote.currency)}</span>
          </li>
        ))}
      </ul>
      {quote.unused_coupons.length > 0 && <h3>{t("checkout.quote.unusedCoupons")}</h3>}
      <ul className={styles.list}>
        {quote.unused_coupons.map((one) => (
          <li key={one.code}>
            <b>{name(one.name)}</b> <span className={styles.quiet}>{one.code}</span>
            <div className={styles.quiet}>{name(one.sentence)}</div>
          </li>
        ))}
      </ul>
    </>
  );
}
