import { Progress } from "antd";
import { useTranslation } from "react-i18next";
import type { Import } from "../../api/contract";
import { Card } from "../../kit/Card";
import { useFormat } from "../../kit/useFormat";
import styles from "./imports.module.css";
import { remainingSeconds } from "./remaining";

export function ImportProgress({ job }: { job: Import }) {
  const { t } = useTranslation();
  const { count, wait } = useFormat();
  const { progress } = job;
  const percent = progress?.total ? Math.min(100, (progress.done / progress.total) * 100) : 0;
  const left = progress ? remainingSeconds(progress) : null;
  return (
    <Card>
      <div className={styles.progressHead} aria-live="polite">
        <b>{t(`imports.state.${job.state}`)}</b>
        {progress && (
          <span className="num">
            {progress.total
              ? t("imports.progress.of", { done: count(progress.done), total: count(progress.total) })
              : t("imports.progress.done", { done: count(progress.done) })}
          </span>
        )}
      </div>
      {/* While the file is being read nobody knows its end; an empty bar would look stuck. */}
      {progress?.total ? (
        <Progress
          percent={percent}
          showInfo={false}
          status="active"
          aria-label={t(`imports.state.${job.state}`)}
        />
      ) : null}
      <div className={styles.progressFoot}>
        <span>
          {progress?.rate_per_second
            ? t("imports.progress.rate", { rate: count(Math.round(progress.rate_per_second)) })
            : ""}
          {left !== null && ` · ${t("imports.progress.remaining", { time: wait(left) })}`}
        </span>
        <span>{t("imports.progress.leave")}</span>
      </div>
    </Card>
  );
}
