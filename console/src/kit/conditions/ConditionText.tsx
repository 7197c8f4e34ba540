import { useTranslation } from "react-i18next";
import type { ConditionScope } from "../../api/contract";
import styles from "./conditions.module.css";
import { type Condition, isEmpty } from "./tree";
import { type Checked, useChecked } from "./useChecked";

interface Props {
  scope: ConditionScope;
  value: Condition | null;
}

/** A condition in plain language. */
export function ConditionText({ scope, value }: Props) {
  const { t } = useTranslation();
  const { data, isError } = useChecked(scope, value);
  if (isEmpty(value)) return <span>{t("conditions.everybody")}</span>;
  if (isError) return <span>{t("kit.none")}</span>;
  return <span aria-busy={!data}>{data?.sentence ?? t("conditions.loading")}</span>;
}

/** The same below the editor, where it follows what is being written. */
export function ConditionSentence({ checked, isEmpty: saysNothing }: { checked: Checked; isEmpty: boolean }) {
  const { t } = useTranslation();
  if (saysNothing) return <p className={styles.sentence}>{t("conditions.empty")}</p>;
  return (
    <p className={styles.sentence} aria-live="polite">
      {!checked.isError && checked.data?.sentence}
    </p>
  );
}
