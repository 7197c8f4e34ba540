import { useTranslation } from "react-i18next";
import type { Duplicate } from "../../api/duplicates";
import styles from "./duplicates.module.css";

/** What speaks for one person, and what against it. */
export function Reasons({ reasons }: { reasons: Duplicate["reasons"] }) {
  const { t } = useTranslation();
  return (
    <span className={styles.reasons}>
      {reasons.map(({ code, text, weight }) => (
        <span
          key={code}
          className={styles.reason}
          data-against={weight < 0}
          title={t(weight < 0 ? "duplicates.speaksAgainst" : "duplicates.speaksFor")}
        >
          {text}
        </span>
      ))}
    </span>
  );
}
