import { useTranslation } from "react-i18next";
import type { Backups, Drill } from "../../api/contract";
import { Swatch, type Tone } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import { Verdict } from "../../kit/Verdict";
import styles from "./backups.module.css";

const tones = { passed: "good", incomplete: "warn", failed: "bad" } as const;
const checkTones: Record<Drill["checks"][number]["state"], Tone> = {
  ok: "good",
  failed: "bad",
  not_checked: "warn",
};

/** Whether the newest backup could really be restored, check by check. */
export function LastDrill({ backups }: { backups: Backups }) {
  const { t } = useTranslation();
  const { moment, wait } = useFormat();
  const drill = backups.last_drill;
  const next = backups.next_drill_at && (
    <p>{t("backups.lastDrill.next", { at: moment(backups.next_drill_at) })}</p>
  );
  if (!drill) {
    return (
      <Verdict tone="warn" title={t("backups.lastDrill.none")}>
        <div className={styles.quiet}>
          <p>{t("backups.lastDrill.noneHint")}</p>
          {next}
        </div>
      </Verdict>
    );
  }
  return (
    <>
      <Verdict tone={tones[drill.outcome]} title={t(`backups.lastDrill.outcome.${drill.outcome}`)}>
        <div className={styles.quiet}>
          <p>
            {t("backups.lastDrill.at", { at: moment(drill.at), time: wait(drill.seconds) })}
            {drill.restore_seconds !== null &&
              ` · ${t("backups.lastDrill.restored", { time: wait(drill.restore_seconds) })}`}
          </p>
          {drill.backup && <p>{t("backups.lastDrill.of", { name: drill.backup })}</p>}
          {drill.detail && (
            <p className={styles.failed}>
              {drill.detail} <small>{drill.code}</small>
            </p>
          )}
          {next}
        </div>
      </Verdict>
      {drill.checks.length > 0 && (
        <ul className={styles.checks}>
          {drill.checks.map((check) => (
            <li key={check.code}>
              <span>
                <b>{check.label}</b>
                <span className={styles.quiet}>{check.detail}</span>
              </span>
              <Swatch tone={checkTones[check.state]}>{t(`backups.check.${check.state}`)}</Swatch>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
