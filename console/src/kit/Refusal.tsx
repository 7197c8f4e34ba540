import { Alert } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Refused, Unreachable } from "../api/client";
import styles from "./states.module.css";

interface Props {
  error: unknown;
  action?: ReactNode;
}

/** Why something that was asked for did not happen, told where it was asked for. */
export function Refusal({ error, action }: Props) {
  const { t } = useTranslation();
  if (!error) return null;
  const { title, hint, code } = told();
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      className={styles.refusal}
      title={title}
      description={
        <>
          {hint}
          {code && <div className={styles.refusalCode}>{t("kit.error.code", { code })}</div>}
        </>
      }
      action={action}
    />
  );

  function told() {
    if (error instanceof Unreachable)
      return { title: t("kit.error.unreachable"), hint: t("kit.error.lostHint"), code: null };
    if (!(error instanceof Refused))
      return { title: t("kit.error.notDone"), hint: t("kit.error.hint"), code: null };
    const { problem, status } = error;
    return {
      title: problem.title || t("kit.error.notDone"),
      hint: problem.detail || t(status === 403 ? "kit.forbidden.hint" : "kit.error.hint"),
      code: problem.code,
    };
  }
}
