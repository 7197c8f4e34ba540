import { useTranslation } from "react-i18next";
import type { CouponFigures } from "../../../api/contract";
import { useFormat } from "../../../kit/useFormat";
import styles from "./reports.module.css";

/** From what was issued to what stayed redeemed, each as long as it is many. */
export function Funnel({ total }: { total: CouponFigures }) {
  const { t } = useTranslation();
  const { count, share } = useFormat();
  const steps = [
    { key: "issued", label: t("couponReports.figure.issued"), value: total.issued, colour: 1 },
    { key: "received", label: t("couponReports.figure.received"), value: total.received, colour: 5 },
    { key: "claimed", label: t("couponReports.figure.claimed"), value: total.claimed, colour: 4 },
    { key: "used", label: t("couponReports.chart.used"), value: total.redeemed - total.returned, colour: 3 },
  ];
  const most = Math.max(1, ...steps.map(({ value }) => value));
  return (
    <ol className={styles.funnel}>
      {steps.map(({ key, label, value, colour }) => (
        <li key={key}>
          <div className={styles.step}>
            <span>{label}</span>
            <span className="num">
              <b>{count(value)}</b>
              {key !== "issued" && total.issued > 0 && (
                <span className={styles.portion}>
                  {t("couponReports.chart.ofIssued", {
                    share: share(Math.round((value / total.issued) * 10_000), 1),
                  })}
                </span>
              )}
            </span>
          </div>
          <div className={styles.track}>
            <div
              style={{
                width: `${(Math.max(0, value) / most) * 100}%`,
                background: `var(--series-${colour})`,
              }}
            />
          </div>
        </li>
      ))}
    </ol>
  );
}
