import { DownloadOutlined, ExportOutlined } from "@ant-design/icons";
import { Button, Switch, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Export } from "../../api/contract";
import { fileUrl, useExports } from "../../api/exports";
import { useMay } from "../../api/session";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import styles from "./exports.module.css";

const defaults = { everybody: "" };
const colours: Partial<Record<Export["state"], string>> = {
  approval: "gold",
  running: "processing",
  waiting: "default",
  done: "green",
  failed: "red",
  refused: "red",
};

export function ExportList() {
  const { t } = useTranslation();
  const { count, since, moment, bytes, name } = useFormat();
  const mayManage = useMay()("exports.manage");
  const [state, patch] = useUrlState(defaults);
  const exports = useExports(state.everybody === "1");
  const none = t("kit.none");
  const download = (one: Export) =>
    one.state === "done" ? (
      <Button size="small" icon={<DownloadOutlined />} href={fileUrl(one.id)} download>
        {t("exports.download")} {one.file_bytes ? <small>{bytes(one.file_bytes)}</small> : null}
      </Button>
    ) : (
      <span className={styles.quiet}>{one.problem?.detail ?? none}</span>
    );
  const what = (one: Export) => (
    <span className={styles.list}>
      {name(one.label)} <small className={styles.quiet}>{one.format.toUpperCase()}</small>
      {one.is_unmasked && <Tag color="orange">{t("exports.unmasked")}</Tag>}
    </span>
  );
  const columns: Column<Export>[] = [
    { key: "list", title: t("exports.column.list"), render: what },
    { key: "state", title: t("exports.column.state"), render: (one) => <State one={one} /> },
    { key: "rows", title: t("exports.column.rows"), isNumber: true, render: (one) => count(one.rows_done) },
    {
      key: "reason",
      title: t("exports.column.reason"),
      render: (one) => <div className={styles.reason}>{one.reason}</div>,
    },
    { key: "by", title: t("exports.column.by"), render: (one) => one.asked_by ?? none },
    { key: "when", title: t("exports.column.when"), isNumber: true, render: (one) => since(one.asked_at) },
    {
      key: "until",
      title: t("exports.column.until"),
      isNumber: true,
      render: (one) => (one.expires_at && one.state === "done" ? moment(one.expires_at) : none),
    },
    { key: "file", title: t("exports.column.file"), render: download },
  ];
  return (
    <Page title={t("exports.title")} purpose={t("exports.purpose")}>
      <RecordList
        name="exports"
        defaults={defaults}
        page={exports}
        filters={
          mayManage && (
            <div className={styles.head}>
              <Switch
                id="everybody"
                checked={state.everybody === "1"}
                onChange={(on) => patch({ everybody: on ? "1" : "" })}
              />
              <label htmlFor="everybody">{t("exports.everybody")}</label>
            </div>
          )
        }
        columns={columns}
        rowKey={(one) => one.id}
        empty={
          <EmptyState
            icon={<ExportOutlined />}
            title={t("exports.empty.title")}
            hint={t("exports.empty.hint")}
          />
        }
        card={(one) => (
          <div className={styles.card}>
            {what(one)}
            <span className={styles.list}>
              <State one={one} /> <span className={styles.quiet}>{since(one.asked_at)}</span>
            </span>
            {download(one)}
          </div>
        )}
      />
    </Page>
  );
}

function State({ one }: { one: Export }) {
  const { t } = useTranslation();
  return <Tag color={colours[one.state]}>{t(`exports.state.${one.state}`)}</Tag>;
}
