import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./operations.module.css";

interface Props {
  error: string | null;
  trace: string | null;
}

/** What kind of error it was, and where the log tells the rest. */
export function Reason({ error, trace }: Props) {
  const { t } = useTranslation();
  if (!error) return <span className={styles.quiet}>{t("operations.reasonNone")}</span>;
  return (
    <Tooltip title={t("operations.traceHint")}>
      <code className={styles.reason}>{t("operations.reason", { error, trace: trace ?? "" })}</code>
    </Tooltip>
  );
}
