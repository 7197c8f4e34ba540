import { useTranslation } from "react-i18next";
import type { Health, HealthCheck } from "../../api/contract";
import { Card } from "../../kit/Card";
import { Go } from "../../kit/Go";
import { Swatch } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import { Verdict } from "../../kit/Verdict";
import styles from "./SystemPage.module.css";

const tones = { ok: "good", note: "warn", wrong: "bad" } as const;
const groups = ["work", "safety", "database", "program"] as const;

/** Whether everything is well: one verdict, then each thing with a sentence and what to do. */
export function HealthCards({ health }: { health: Health }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const count = health.items.filter((one) => one.state === health.state).length;
  return (
    <>
      <Card>
        <Verdict tone={tones[health.state]} title={t(`settings.health.${health.state}`, { count })}>
          <div className={styles.quiet}>
            {t("settings.health.checkedAt", { at: moment(health.checked_at) })}
          </div>
        </Verdict>
      </Card>
      <div className={styles.groups}>
        {groups.map((group) => (
          <Card key={group} title={t(`settings.health.group.${group}`)}>
            <ul className={styles.checks}>
              {health.items
                .filter((one) => one.group === group)
                .map((one) => (
                  <Line key={one.code} check={one} />
                ))}
            </ul>
          </Card>
        ))}
      </div>
    </>
  );
}

function Line({ check }: { check: HealthCheck }) {
  const { t } = useTranslation();
  return (
    <li data-state={check.state}>
      <div className={styles.line}>
        <b>{check.title}</b>
        <Swatch tone={tones[check.state]}>{t(`settings.health.state.${check.state}`)}</Swatch>
      </div>
      <div className={styles.said}>{check.said}</div>
      {check.mend && (
        <div className={styles.mend}>
          {check.mend}{" "}
          {check.link && (
            <Go to={check.link} className={styles.link}>
              {t("settings.health.open")}
            </Go>
          )}
        </div>
      )}
    </li>
  );
}
