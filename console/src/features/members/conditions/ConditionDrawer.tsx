import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMemberCount } from "../../../api/members";
import { useSystem } from "../../../api/system";
import { ConditionBuilder } from "../../../kit/conditions/ConditionBuilder";
import { type Condition, isEmpty } from "../../../kit/conditions/tree";
import { useFormat } from "../../../kit/useFormat";
import { useNarrow } from "../../../kit/useNarrow";
import { useSettled } from "../../../kit/useSettled";
import { type MemberListState, membersQuery } from "../listState";
import { writeCondition } from "./condition";
import styles from "./condition.module.css";

interface Props {
  state: MemberListState;
  start: Condition | null;
  onApply: (condition: Condition | null) => void;
  onClose: () => void;
}

/** Where a condition is put together; how many members meet it is said while it is. */
export function ConditionDrawer({ state, start, onApply, onClose }: Props) {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const [value, setValue] = useState<Condition | null>(start);
  return (
    <Drawer
      open
      onClose={onClose}
      title={t("bulk.condition.title")}
      size={isNarrow ? "100%" : 760}
      footer={
        <div className={styles.foot}>
          <LiveCount state={state} value={value} />
          <span className={styles.buttons}>
            {!isEmpty(value) && <Button onClick={() => setValue(null)}>{t("bulk.condition.clear")}</Button>}
            <Button type="primary" onClick={() => onApply(value)}>
              {t("bulk.condition.apply")}
            </Button>
          </span>
        </div>
      }
    >
      <p className={styles.hint}>{t("bulk.condition.hint")}</p>
      <ConditionBuilder scope="members" value={value} onChange={setValue} />
    </Drawer>
  );
}

/** Asked for when nothing was changed for a moment; the last number stays until the next one is known. */
function LiveCount({ state, value }: { state: MemberListState; value: Condition | null }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const { data: system } = useSystem();
  const text = writeCondition(value);
  const settled = useSettled(text, 500);
  const asked = membersQuery({ ...state, condition: settled, cursor: "" }, system?.currency ?? "CNY");
  const { cursor: _cursor, limit: _limit, sort: _sort, ...counted } = asked;
  const total = useMemberCount(counted);
  const isCalm = settled === text && !total.isFetching;
  if (total.isError && settled === text)
    return <span className={styles.count}>{t("bulk.condition.wrong")}</span>;
  return (
    <span className={`${styles.count} num`} role="status" aria-busy={!isCalm}>
      {isCalm && total.data
        ? t(total.data.is_capped ? "bulk.condition.foundCapped" : "bulk.condition.found", {
            value: count(total.data.value),
          })
        : t("bulk.condition.counting")}
    </span>
  );
}
