import { useTranslation } from "react-i18next";
import styles from "./rules.module.css";

interface Change {
  key?: string;
  title: string;
  before: string | null;
  after: string | null;
}

/** What differs, thing by thing: before and after in plain words. */
export function Changes({ changes }: { changes: Change[] }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.changes}>
      {changes.map((change) => (
        <li key={change.key ?? change.title}>
          <b>{change.title}</b>
          {change.before !== null && (
            <p className={styles.before}>
              <span>{t(change.after === null ? "rules.publish.gone" : "rules.publish.before")}</span>
              <span>{change.before}</span>
            </p>
          )}
          {change.after !== null && (
            <p className={styles.after}>
              <span>{t(change.before === null ? "rules.publish.fresh" : "rules.publish.after")}</span>
              <span>{change.after}</span>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
