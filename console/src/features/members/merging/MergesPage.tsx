import { MergeCellsOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Merge, useMerges } from "../../../api/merges";
import { useMay } from "../../../api/session";
import type { Column } from "../../../kit/DataTable";
import { EmptyState } from "../../../kit/EmptyState";
import { Go } from "../../../kit/Go";
import { keysetDefaults } from "../../../kit/keysetState";
import { RecordList } from "../../../kit/list/RecordList";
import { nameOf } from "../../../kit/nameOf";
import { Page } from "../../../kit/Page";
import { Swatch } from "../../../kit/Swatch";
import { useFormat } from "../../../kit/useFormat";
import { useUrlState } from "../../../kit/useUrlState";
import styles from "./merging.module.css";
import { UndoDialog } from "./UndoDialog";

export function MergesPage() {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const mayUndo = useMay()("members.merge");
  const [state] = useUrlState(keysetDefaults);
  const [undoing, setUndoing] = useState<Merge | null>(null);
  const merges = useMerges({ limit: Number(state.limit) || 50, cursor: state.cursor || undefined });
  const people = (one: Merge) => (
    <span>
      {nameOf(one.absorbed)} <span className={styles.quiet}>{one.absorbed.number}</span> →{" "}
      <Go to={`/members/${one.survivor.id}`} className={styles.link}>
        {nameOf(one.survivor)}
      </Go>{" "}
      <span className={styles.quiet}>{one.survivor.number}</span>
    </span>
  );
  const by = (one: Merge) =>
    one.policy === "hand" ? (one.by.name ?? t("merges.someone")) : t(`merges.policy.${one.policy}`);
  const mark = (one: Merge) =>
    one.undone_at ? (
      <Swatch tone="plain">{t("merges.state.undone")}</Swatch>
    ) : (
      <Swatch tone="good">{t("merges.state.merged")}</Swatch>
    );
  const undo = (one: Merge) =>
    mayUndo && one.can_be_undone ? (
      <Button size="small" onClick={() => setUndoing(one)}>
        {t("merges.undo.open")}
      </Button>
    ) : null;
  const columns: Column<Merge>[] = [
    {
      key: "at",
      title: t("merges.column.at"),
      render: (one) => <span className="num">{moment(one.merged_at)}</span>,
    },
    { key: "people", title: t("merges.column.people"), render: people },
    { key: "by", title: t("merges.column.by"), render: by },
    {
      key: "reason",
      title: t("merges.field.reason"),
      render: (one) => (
        <span className={styles.reason} title={one.reason}>
          {one.reason}
        </span>
      ),
    },
    {
      key: "state",
      title: t("merges.column.state"),
      render: (one) => (
        <>
          {mark(one)}
          {one.undone_at && (
            <div className={styles.quiet} title={one.undone_because ?? undefined}>
              {moment(one.undone_at)} · {one.undone_by?.name ?? t("merges.someone")}
            </div>
          )}
        </>
      ),
    },
    { key: "undo", title: "", isNumber: true, render: undo },
  ];
  return (
    <Page title={t("merges.title")} purpose={t("merges.purpose")}>
      <RecordList
        name="merges"
        defaults={keysetDefaults}
        page={merges}
        columns={columns}
        rowKey={(one) => one.id}
        card={(one) => (
          <div className={styles.card}>
            {people(one)}
            <span className={styles.quiet}>
              {moment(one.merged_at)} · {by(one)} · {one.reason}
            </span>
            <span className={styles.cardLine}>
              {mark(one)}
              {undo(one)}
            </span>
          </div>
        )}
        empty={
          <EmptyState
            icon={<MergeCellsOutlined />}
            title={t("merges.empty.title")}
            hint={t("merges.empty.hint")}
          />
        }
      />
      {undoing && <UndoDialog merge={undoing} onClose={() => setUndoing(null)} />}
    </Page>
  );
}
