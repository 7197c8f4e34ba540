import { useTranslation } from "react-i18next";
import type { Verification } from "../../api/contract";
import { Running } from "../../kit/Running";
import { useFormat } from "../../kit/useFormat";
import { Verdict } from "../../kit/Verdict";
import { tookSeconds } from "./tookSeconds";
import styles from "./verification.module.css";
import { WrongRow } from "./WrongRow";

const tones = { passed: "good", failed: "bad", broken: "warn" } as const;

/** How the last verification ended. One that runs says so, and leaves the result before it in sight. */
export function Latest({ found }: { found: Verification[] }) {
  const { t } = useTranslation();
  const { count, moment, wait } = useFormat();
  const running = found.find((one) => one.state === "running");
  const ended = found.find((one) => one.state !== "running");
  const usual = found.find((one) => one.state === "passed");
  return (
    <div className={styles.latest}>
      {running && (
        <Running
          key={running.id}
          text={(time) => t("verification.running", { time })}
          hint={t("verification.runningHint")}
          usualSeconds={usual ? tookSeconds(usual) : null}
        />
      )}
      {!ended && !running && (
        <Verdict tone="warn" title={t("verification.latest.none")}>
          <p className={styles.quiet}>{t("verification.latest.noneHint")}</p>
        </Verdict>
      )}
      {ended && ended.state !== "running" && (
        <Verdict tone={tones[ended.state]} title={t(`verification.latest.${ended.state}`)}>
          <p className={styles.quiet}>
            {moment(ended.started_at)}
            {ended.state !== "broken" &&
              ` · ${t("verification.latest.looked", {
                accounts: count(ended.accounts),
                entries: count(ended.entries),
                time: wait(tookSeconds(ended) ?? 0),
              })}`}
          </p>
          {ended.state === "broken" && <p>{t("verification.latest.brokenHint")}</p>}
          {ended.wrong && <WrongRow wrong={ended.wrong} />}
          {ended.state === "failed" && <p>{t("verification.latest.failedHint")}</p>}
        </Verdict>
      )}
    </div>
  );
}
