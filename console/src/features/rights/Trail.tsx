import { useTranslation } from "react-i18next";
import type { RequestPage, RequestRefusal } from "../../api/requests";
import { useFormat } from "../../kit/useFormat";
import styles from "./rights.module.css";
import { useActorName } from "./useActorName";

interface Props {
  steps: RequestPage["steps"];
  isErased: boolean;
}

/** Everything that was done, newest first. */
export function Trail({ steps, isErased }: Props) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const actorName = useActorName();
  return (
    <ol className={styles.trail}>
      {[...steps].reverse().map((step) => {
        const reason = step.details.reason as RequestRefusal | undefined;
        return (
          <li key={step.step_no}>
            <div className={styles.cardLine}>
              <span>
                {t(`rights.action.${step.action as "noted"}`)}
                {reason && ` · ${t(`rights.reason.${reason}`)}`}
              </span>
              <span className={styles.quiet}>
                {actorName(step.actor)} · {moment(step.at)}
              </span>
            </div>
            {step.note && <p className={styles.note}>{step.note}</p>}
            {!step.note && isErased && step.action === "received" && (
              <p className={styles.quiet}>{t("rights.detail.noteGone")}</p>
            )}
          </li>
        );
      })}
    </ol>
  );
}
