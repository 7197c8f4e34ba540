import { TeamOutlined } from "@ant-design/icons";
import { Button, Space, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { type BulkAct, useBulkActs } from "../../../api/bulk";
import type { Column } from "../../../kit/DataTable";
import { EmptyState } from "../../../kit/EmptyState";
import { keysetDefaults } from "../../../kit/keysetState";
import { RecordList } from "../../../kit/list/RecordList";
import { Page } from "../../../kit/Page";
import { useFormat } from "../../../kit/useFormat";
import { useGo } from "../../../kit/useGo";
import { useUrlState } from "../../../kit/useUrlState";
import styles from "./bulk.module.css";
import { ActButtons } from "./Progressing";

const colours: Partial<Record<BulkAct["state"], string>> = {
  approval: "gold",
  running: "processing",
  undoing: "processing",
  done: "green",
  failed: "red",
  rejected: "red",
};

/** How an act stands, and why where it did not go on. */
function ActState({ act }: { act: BulkAct }) {
  const { t } = useTranslation();
  return (
    <>
      <Tag color={colours[act.state]}>{t(`bulk.state.${act.state}`)}</Tag>
      {act.problem && <div className={styles.problem}>{act.problem.detail}</div>}
    </>
  );
}

/** What was done to many members at once, by whom, and how far it is. */
export function BulkActsPage() {
  const { t } = useTranslation();
  const { count, since } = useFormat();
  const go = useGo();
  const [state] = useUrlState(keysetDefaults);
  const acts = useBulkActs(state.cursor);
  const columns: Column<BulkAct>[] = [
    { key: "what", title: t("bulk.history.column.what"), isFixed: true, render: (act) => act.label },
    {
      key: "state",
      title: t("bulk.history.column.state"),
      render: (act) => <ActState act={act} />,
    },
    {
      key: "progress",
      title: t("bulk.history.column.progress"),
      isNumber: true,
      render: (act) => t("bulk.progress.of", { value: count(act.done), total: count(act.members) }),
    },
    {
      key: "skipped",
      title: t("bulk.history.column.skipped"),
      isNumber: true,
      render: (act) => count(act.skipped),
    },
    { key: "reason", title: t("bulk.history.column.reason"), render: (act) => act.reason },
    { key: "by", title: t("bulk.history.column.by"), render: (act) => act.asked_by ?? t("kit.none") },
    {
      key: "when",
      title: t("bulk.history.column.when"),
      isNumber: true,
      render: (act) => since(act.asked_at),
    },
    {
      key: "more",
      title: t("bulk.history.column.more"),
      render: (act) => (
        <Space wrap>
          <ActButtons act={act} />
        </Space>
      ),
    },
  ];
  return (
    <Page title={t("bulk.history.title")} purpose={t("bulk.history.purpose")}>
      <RecordList
        name="bulk_acts"
        defaults={keysetDefaults}
        page={acts}
        columns={columns}
        rowKey={(act) => act.id}
        empty={
          <EmptyState
            icon={<TeamOutlined />}
            title={t("bulk.history.empty.title")}
            hint={t("bulk.history.empty.hint")}
            action={<Button onClick={() => go("/members")}>{t("bulk.history.empty.action")}</Button>}
          />
        }
        card={(act) => (
          <Space orientation="vertical">
            <b>{act.label}</b>
            <ActState act={act} />
            <span className="num">
              {t("bulk.progress.done", { done: count(act.done), skipped: count(act.skipped) })} ·{" "}
              {since(act.asked_at)}
            </span>
            <span>{act.reason}</span>
            <Space wrap>
              <ActButtons act={act} />
            </Space>
          </Space>
        )}
      />
    </Page>
  );
}
