import { useTranslation } from "react-i18next";
import type { useRuleCheck } from "../../api/rules";
import { Card } from "../../kit/Card";
import { Loaded } from "../../kit/Loaded";
import { Swatch } from "../../kit/Swatch";
import { Changes } from "./Changes";
import styles from "./rules.module.css";
import { Says } from "./Says";

interface Props {
  check: ReturnType<typeof useRuleCheck>;
  isNew: boolean;
}

/** What is being written means, what it would change, and what has to be corrected before it can be published. */
export function Meaning({ check, isNew }: Props) {
  const { t } = useTranslation();
  return (
    <Card title={t("rules.form.reads")}>
      <Loaded of={check} rows={4} minHeight={120}>
        {({ problems, parts, changes }) => (
          <div aria-live="polite" aria-busy={check.isPlaceholderData}>
            {problems.length === 0 ? (
              <>
                <Says parts={parts} />
                {!isNew && changes.length > 0 && (
                  <>
                    <h3>{t("rules.form.changes")}</h3>
                    <Changes changes={changes} />
                  </>
                )}
                <p style={{ marginTop: 12 }}>
                  <Swatch tone="good">{t("rules.form.ready")}</Swatch>
                </p>
              </>
            ) : (
              <>
                <Swatch tone="warn">{t("rules.form.problems", { count: problems.length })}</Swatch>
                <ul className={styles.problems}>
                  {problems.map((problem) => (
                    <li key={problem.pointer + problem.detail}>{problem.detail}</li>
                  ))}
                </ul>
              </>
            )}
          </div>
        )}
      </Loaded>
    </Card>
  );
}
