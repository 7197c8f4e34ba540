import { useTranslation } from "react-i18next";
import type { RefundPolicies } from "../../api/checkout";
import { minorDigits } from "../../kit/format";
import { useFormat } from "../../kit/useFormat";
import styles from "./checkout.module.css";
import { exampleOf } from "./examples";

/** The guide's example under the policies chosen. */
export function RefundExample({ policies, money: currency }: { policies: RefundPolicies; money: string }) {
  const { t } = useTranslation();
  const { money, count } = useFormat();
  // The example is written in hundredths; currencies without them show the same figures.
  const amount = (hundredths: number) => money((hundredths / 100) * 10 ** minorDigits(currency), currency);
  const isLost = policies.used_points === "keep";
  return (
    <aside className={styles.example}>
      <h3>{t("checkout.example")}</h3>
      <p>
        {t("checkout.refunds.example.order", {
          first: amount(10_000),
          second: amount(5_000),
          paid: amount(100),
        })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls on a phone, and must do so by keys too */}
      <div className={styles.scroll} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{t("checkout.refunds.example.refund")}</th>
              <th className={styles.number}>{t("checkout.refunds.example.goods")}</th>
              <th className={styles.number}>{t("checkout.refunds.example.money")}</th>
              <th className={styles.number}>{t("checkout.refunds.example.returned")}</th>
              <th className={styles.number}>{t("checkout.refunds.example.takenBack")}</th>
            </tr>
          </thead>
          <tbody>
            {exampleOf(policies).map((row) => (
              <tr key={row.step} data-total={row.step === "total"}>
                <th scope="row">
                  {t(`checkout.refunds.example.step.${row.step}`, { amount: amount(row.goods) })}
                </th>
                <td className={styles.number}>{amount(row.goods)}</td>
                <td className={styles.number}>{amount(row.money)}</td>
                <td className={styles.number}>{count(row.returned)}</td>
                <td className={styles.number}>{count(row.takenBack)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {policies.earned === "keep" && <p className={styles.quiet}>{t("checkout.refunds.example.kept")}</p>}
      {isLost && <p className={styles.quiet}>{t("checkout.refunds.example.lost")}</p>}
    </aside>
  );
}
