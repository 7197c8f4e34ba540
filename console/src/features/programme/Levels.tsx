import { SafetyCertificateOutlined } from "@ant-design/icons";
import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { Level, Tiers } from "../../api/contract";
import { usePreferences } from "../../app/Preferences";
import { Go } from "../../kit/Go";
import { TierBadge, tierColour } from "../../kit/TierBadge";
import { useFormat } from "../../kit/useFormat";
import styles from "./programme.module.css";
import { useAmount } from "./useAmount";

/** A stair: each level stands a step higher, with its people on it and what it asks written into it. */
export function Levels({ tiers }: { tiers: Tiers }) {
  const { t } = useTranslation();
  const { mode } = usePreferences();
  const steps = tiers.levels.toSorted((a, b) => a.rank - b.rank);
  const total = steps.reduce((sum, level) => sum + level.member_count, 0);
  const rise = Math.max(12, Math.min(36, 180 / steps.length));
  return (
    <ol className={styles.stair} aria-label={t("programme.levels.picture")}>
      {steps.map((level, index) => (
        <li key={level.code}>
          <div className={styles.top}>
            <People level={level} total={total} />
            <div
              className={styles.step}
              style={{ height: 36 + index * rise, background: tierColour(level, mode) }}
              aria-hidden="true"
            />
          </div>
          <div className={styles.foot}>
            <TierBadge tier={level} />
            <Asked level={level} scheme={tiers.scheme} />
            <Go to={`/members?tier=${level.code}`} className={styles.see}>
              {t("programme.levels.see")}
            </Go>
          </div>
        </li>
      ))}
    </ol>
  );
}

function People({ level, total }: { level: Level; total: number }) {
  const { t } = useTranslation();
  const { count, share } = useFormat();
  return (
    <div className={styles.people}>
      <b>{t("programme.levels.members", { value: count(level.member_count) })}</b>
      {total > 0 && (
        <span className={styles.quiet}>
          {t("programme.share", { share: share((level.member_count / total) * 10_000, 1) })}
        </span>
      )}
    </div>
  );
}

/** What reaching and keeping a level asks, what its end costs, and whether it can be lost at all. */
function Asked({ level, scheme }: { level: Level; scheme: Tiers["scheme"] }) {
  const { t } = useTranslation();
  const told = useAmount();
  const amount = (value: number) => told(value, scheme.unit, scheme.currency);
  return (
    <>
      <span className={styles.quiet}>
        {level.threshold > 0
          ? t("programme.levels.from", { amount: amount(level.threshold) })
          : t("programme.levels.entry")}
      </span>
      {level.keep_threshold !== null && (
        <span className={styles.quiet}>
          {t("programme.levels.keep", { amount: amount(level.keep_threshold) })}
        </span>
      )}
      {level.deduct > 0 && (
        <span className={styles.quiet}>{t("programme.levels.deduct", { amount: amount(level.deduct) })}</span>
      )}
      {level.is_floor && (
        <Tooltip title={t("programme.levels.floorHint")}>
          <span className={styles.floor}>
            <SafetyCertificateOutlined aria-hidden="true" /> {t("programme.levels.floor")}
          </span>
        </Tooltip>
      )}
    </>
  );
}
