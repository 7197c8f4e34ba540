import { FilterOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../../api/session";
import { ConditionText } from "../../../kit/conditions/ConditionText";
import type { MemberListState } from "../listState";
import { readCondition, writeCondition } from "./condition";
import styles from "./condition.module.css";

const ConditionDrawer = lazy(() =>
  import("./ConditionDrawer").then((file) => ({ default: file.ConditionDrawer })),
);

interface Props {
  state: MemberListState;
  patch: (change: Partial<MemberListState>) => void;
}

/** Opens the editor of conditions, and says in words what the list is narrowed to by one. */
export function ConditionFilter({ state, patch }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const condition = readCondition(state.condition);
  const apply = (text: string) => patch({ condition: text, cursor: "" });
  if (!may("facts.read")) return null;
  return (
    <>
      <Button icon={<FilterOutlined />} onClick={() => setOpen(true)}>
        {condition ? t("bulk.condition.change") : t("bulk.condition.open")}
      </Button>
      {condition && (
        <Tag closable color="blue" className={styles.chip} onClose={() => apply("")}>
          <button type="button" className={styles.sentence} onClick={() => setOpen(true)}>
            <ConditionText scope="members" value={condition} />
          </button>
        </Tag>
      )}
      {isOpen && (
        <Suspense>
          <ConditionDrawer
            state={state}
            start={condition}
            onApply={(next) => {
              apply(writeCondition(next));
              setOpen(false);
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
