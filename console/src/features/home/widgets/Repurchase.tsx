import { useTranslation } from "react-i18next";
import type { Dashboard } from "../../../api/contract";
import { useFormat } from "../../../kit/useFormat";
import styles from "../home.module.css";

const people = Array.from({ length: 100 }, (_, index) => index);

/** A hundred dots for a hundred people: a rate is easier to feel when it can be counted. */
export function Repurchase({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation();
  const { share } = useFormat();
  const { value, previous } = dashboard.figures.repurchase_rate;
  if (value === null) return <div className={styles.quiet}>{t("kit.change.none")}</div>;
  const hundred = Math.round(value / 100);
  return (
    <div>
      <div className={styles.dots} role="img" aria-label={t("home.chart.repurchaseLead", { count: hundred })}>
        {people.map((index) => (
          <i key={index} data-on={index < hundred} />
        ))}
      </div>
      <div className={styles.dotsNote}>
        <b>{t("home.chart.repurchaseLead", { count: hundred })}</b>
        {previous !== null && (
          <span className={styles.quiet}>{t("kit.previous", { value: share(previous, 1) })}</span>
        )}
      </div>
    </div>
  );
}
