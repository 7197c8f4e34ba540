import { useTranslation } from "react-i18next";
import type { Level } from "../../api/contract";
import { usePreferences } from "../../app/Preferences";
import { Go } from "../../kit/Go";
import { TierBadge, tierColour } from "../../kit/TierBadge";
import { useFormat } from "../../kit/useFormat";
import styles from "./programme.module.css";

/** A stair: each level stands a step higher, with its people on it. */
export function Levels({ levels }: { levels: Level[] }) {
  const { t } = useTranslation();
  const { count, share, wholeMoney } = useFormat();
  const { mode } = usePreferences();
  const steps = levels.toSorted((a, b) => a.rank - b.rank);
  const total = steps.reduce((sum, level) => sum + level.member_count, 0);
  return (
    <ol className={styles.stair}>
      {steps.map((level, index) => (
        <li key={level.code}>
          <div className={styles.people}>
            <b>{t("programme.levels.members", { value: count(level.member_count) })}</b>
            {total > 0 && (
              <span className={styles.quiet}>
                {t("programme.share", { share: share((level.member_count / total) * 10_000, 1) })}
              </span>
            )}
          </div>
          <div
            className={styles.step}
            style={{ height: 36 + index * 36, background: tierColour(level, mode) }}
            aria-hidden="true"
          />
          <div className={styles.foot}>
            <TierBadge tier={level} />
            <span className={styles.quiet}>
              {level.threshold_minor > 0
                ? t("programme.levels.from", { amount: wholeMoney(level.threshold_minor) })
                : t("programme.levels.entry")}
            </span>
            <Go to={`/members?tier=${level.code}`} className={styles.see}>
              {t("programme.levels.see")}
            </Go>
          </div>
        </li>
      ))}
    </ol>
  );
}
