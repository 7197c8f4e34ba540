import { Progress, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { type CouponBatch, isAtWork } from "../../../api/couponBatches";
import { useFormat } from "../../../kit/useFormat";
import styles from "./batches.module.css";

const colours = {
  waiting: "processing",
  running: "processing",
  checked: "warning",
  stopped: "default",
  done: "success",
  failed: "error",
  voiding: "processing",
  voided: "default",
} as const;

/** How a batch stands, and while it is at work, how far it has come. */
export function BatchState({ batch }: { batch: CouponBatch }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const state = t(`couponBatches.state.${batch.state}`);
  const isUnfinished = isAtWork(batch) || batch.state === "stopped" || batch.state === "failed";
  return (
    <div className={styles.tight}>
      <div className={styles.line}>
        <Tag color={colours[batch.state]}>{state}</Tag>
        {isUnfinished && batch.state !== "voiding" && (
          <span className="num">
            {batch.wanted > 0
              ? t("couponBatches.of", { made: count(batch.made), wanted: count(batch.wanted) })
              : t("couponBatches.reading", { rows: count(batch.file?.rows_read ?? 0) })}
          </span>
        )}
      </div>
      {isAtWork(batch) && batch.state !== "voiding" && batch.wanted > 0 && (
        <Progress
          percent={Math.floor((batch.made / batch.wanted) * 100)}
          size="small"
          showInfo={false}
          status="active"
          aria-label={state}
        />
      )}
    </div>
  );
}
