import { Progress } from "antd";
import { useTranslation } from "react-i18next";
import type { MemberRequest } from "../../api/requests";
import styles from "./rights.module.css";

const workingDays = 15;

/** How much of the time for an answer is left, as a bar and in words. */
export function Clock({ request }: { request: MemberRequest }) {
  const { t } = useTranslation();
  if (request.ended_at) return <span className={styles.quiet}>{t(`rights.state.${request.state}`)}</span>;
  const { days_left: left, is_overdue: isLate } = request;
  const share = isLate ? 100 : Math.max(4, Math.min(100, Math.round((1 - left / workingDays) * 100)));
  const words = isLate
    ? t("rights.late", { count: -left })
    : left === 0
      ? t("rights.today")
      : t("rights.left", { count: left });
  return (
    <div className={styles.clock}>
      <Progress
        percent={share}
        size="small"
        showInfo={false}
        status={isLate ? "exception" : "normal"}
        strokeColor={isLate ? undefined : left <= 3 ? "var(--warning)" : "var(--text-faint)"}
        aria-label={words}
      />
      <span className={isLate ? styles.late : styles.quiet}>{words}</span>
    </div>
  );
}
