import { CloudOutlined, LockOutlined, QuestionCircleOutlined, WarningOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Refused, Unreachable } from "../api/client";
import styles from "./states.module.css";

interface Props {
  error: unknown;
  onRetry?: () => void;
}

/** What happened, what to do, and a small code for whoever has to look into it. */
export function ErrorState({ error, onRetry }: Props) {
  const { t } = useTranslation();
  const { icon, title, hint, code } = told(error);
  return (
    <div className={styles.state} role="alert">
      <div className={styles.icon}>{icon}</div>
      <div className={styles.title}>{title}</div>
      <div className={styles.hint}>{hint}</div>
      {onRetry && (
        <div className={styles.action}>
          <Button onClick={onRetry}>{t("kit.retry")}</Button>
        </div>
      )}
      {code && <div className={styles.code}>{t("kit.error.code", { code })}</div>}
    </div>
  );

  function told(cause: unknown) {
    if (cause instanceof Unreachable) {
      return {
        icon: <CloudOutlined />,
        title: t("kit.error.unreachable"),
        hint: t("kit.error.unreachableHint"),
        code: null,
      };
    }
    if (!(cause instanceof Refused)) {
      return {
        icon: <WarningOutlined />,
        title: t("kit.error.title"),
        hint: t("kit.error.hint"),
        code: null,
      };
    }
    const { problem, status } = cause;
    const trace = problem.trace_id ? ` · ${problem.trace_id}` : "";
    const code = problem.code + trace;
    if (status === 403) {
      return { icon: <LockOutlined />, title: t("kit.error.forbidden"), hint: t("kit.forbidden.hint"), code };
    }
    if (status === 404) {
      return {
        icon: <QuestionCircleOutlined />,
        title: t("kit.error.missing"),
        hint: t("kit.error.missingHint"),
        code,
      };
    }
    return {
      icon: <WarningOutlined />,
      title: problem.title || t("kit.error.title"),
      hint: problem.detail || t("kit.error.hint"),
      code,
    };
  }
}
