import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../useFormat";
import styles from "./list.module.css";
import type { Selection } from "./selection";

interface Props {
  selection: Selection;
  /** How many match, where that is known. */
  total?: { value: number; is_capped: boolean };
  actions: ReactNode;
}

/** What was picked, and what can be done with it. */
export function SelectionBar({ selection, total, actions }: Props) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const { keys, isAll } = selection;
  if (!isAll && keys.length === 0) return null;
  const most = total && (total.is_capped ? `${count(total.value)}+` : count(total.value));
  const isMore = !isAll && total !== undefined && total.value > keys.length;
  return (
    <div className={styles.selection} role="status">
      <b>
        {isAll
          ? t("list.selection.all", { value: most ?? "" })
          : t("list.selection.some", { value: count(keys.length) })}
      </b>
      {isMore && (
        <Button type="link" size="small" onClick={selection.pickAll}>
          {t("list.selection.pickAll", { value: most })}
        </Button>
      )}
      <Button type="link" size="small" onClick={selection.clear}>
        {t("list.selection.clear")}
      </Button>
      <span className={styles.actions}>{actions}</span>
    </div>
  );
}
