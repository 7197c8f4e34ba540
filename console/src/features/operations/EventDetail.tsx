import { useTranslation } from "react-i18next";
import type { LoggedEvent } from "../../api/contract";
import { Fact, Facts } from "../../kit/Facts";
import { Go } from "../../kit/Go";
import { useFormat } from "../../kit/useFormat";
import { linksOf } from "./links";
import styles from "./operations.module.css";

/** One event, readable, with ways to what it is about. */
export function EventDetail({ event }: { event: LoggedEvent }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  return (
    <div className={styles.stack}>
      <Facts>
        <Fact term={t("operations.field.name")}>
          {event.label} <code className={styles.quiet}>{event.name}</code>
        </Fact>
        <Fact term={t("operations.field.id")}>{event.id}</Fact>
        <Fact term={t("operations.field.occurred")}>{moment(event.occurred_at)}</Fact>
        <Fact term={t("operations.field.recorded")}>{moment(event.recorded_at)}</Fact>
        {Object.entries(event.body).map(([key, value]) => (
          <Fact key={key} term={key}>
            <code className={styles.value}>
              {typeof value === "string" ? value : JSON.stringify(value, null, 1)}
            </code>
          </Fact>
        ))}
      </Facts>
      <div className={styles.buttons}>
        {linksOf(event).map(({ to, words }) => (
          <Go key={to} to={to} className={styles.link}>
            {t(`operations.${words}`)}
          </Go>
        ))}
      </div>
    </div>
  );
}
