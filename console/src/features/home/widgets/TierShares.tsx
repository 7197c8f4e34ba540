import { useTranslation } from "react-i18next";
import type { Dashboard } from "../../../api/contract";
import { usePreferences } from "../../../app/Preferences";
import { Go } from "../../../kit/Go";
import { TierBadge, tierColour } from "../../../kit/TierBadge";
import { useFormat } from "../../../kit/useFormat";
import styles from "../home.module.css";

/** Levels from the top down, each as long as it has members. */
export function TierShares({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation();
  const { count, share } = useFormat();
  const { mode } = usePreferences();
  const rows = dashboard.tiers.toSorted((a, b) => (b.tier?.rank ?? -1) - (a.tier?.rank ?? -1));
  const total = rows.reduce((sum, row) => sum + row.members, 0);
  const most = Math.max(1, ...rows.map((row) => row.members));
  return (
    <ul className={styles.tiers}>
      {rows.map(({ tier, members }) => {
        const words = (
          <>
            {tier ? (
              <TierBadge tier={tier} />
            ) : (
              <span className={styles.quiet}>{t("home.chart.noTier")}</span>
            )}
            <span className="num">
              {t("home.chart.people", { value: count(members) })}
              <span className={styles.portion}>{total > 0 ? share((members / total) * 10_000, 1) : ""}</span>
            </span>
          </>
        );
        return (
          <li key={tier?.code ?? "none"}>
            {tier ? (
              <Go to={`/members?tier=${tier.code}`} className={styles.tierLine}>
                {words}
              </Go>
            ) : (
              <span className={styles.tierLine}>{words}</span>
            )}
            <div className={styles.track}>
              <div
                style={{
                  width: `${(members / most) * 100}%`,
                  background: tier ? tierColour(tier, mode) : "var(--line)",
                }}
              />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
