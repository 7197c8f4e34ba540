import { useTranslation } from "react-i18next";
import type { CouponFigures } from "../../../api/contract";
import { useFormat } from "../../../kit/useFormat";
import styles from "./reports.module.css";

const steps = ["issued", "received", "claimed", "redeemed"] as const;
const colours = { issued: 1, received: 5, claimed: 4, redeemed: 3 } as const;

/** From what was issued to what was redeemed, each as long as it is many. */
export function Funnel({ total }: { total: CouponFigures }) {
  const { t } = useTranslation();
  const { count, share } = useFormat();
  const most = Math.max(1, ...steps.map((name) => total[name]));
  return (
    <ol className={styles.funnel}>
      {steps.map((name) => (
        <li key={name}>
          <div className={styles.step}>
            <span>{t(`couponReports.figure.${name}`)}</span>
            <span className="num">
              <b>{count(total[name])}</b>
              {name !== "issued" && total.issued > 0 && (
                <span className={styles.portion}>
                  {t("couponReports.chart.ofIssued", {
                    share: share(Math.round((total[name] / total.issued) * 10_000), 1),
                  })}
                </span>
              )}
            </span>
          </div>
          <div className={styles.track}>
            <div
              style={{
                width: `${(total[name] / most) * 100}%`,
                background: `var(--series-${colours[name]})`,
              }}
            />
          </div>
        </li>
      ))}
    </ol>
  );
}
