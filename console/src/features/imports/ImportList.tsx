import { InboxOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { Import } from "../../api/contract";
import { useImports } from "../../api/imports";
import { useMay } from "../../api/session";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { ImportStart } from "./ImportStart";
import { ImportState } from "./ImportState";
import styles from "./imports.module.css";

export function ImportList() {
  const { t } = useTranslation();
  const { count, since, wait, bytes } = useFormat();
  const go = useGo();
  const mayImport = useMay()("imports.write");
  const imports = useImports();
  const none = t("kit.none");
  const took = (job: Import) => (job.report ? wait(job.report.seconds) : none);
  const columns: Column<Import>[] = [
    {
      key: "file",
      title: t("imports.column.file"),
      render: (job) => (
        <span className={styles.file} title={job.file_name}>
          {job.file_name}{" "}
          <small>
            {job.files.length > 0
              ? t("imports.andMore", { count: job.files.length, value: count(job.files.length) })
              : bytes(job.file_bytes)}
          </small>
        </span>
      ),
    },
    { key: "state", title: t("imports.column.state"), render: (job) => <ImportState job={job} /> },
    {
      key: "lines",
      title: t("imports.column.lines"),
      isNumber: true,
      render: (job) => (job.report ? count(job.report.lines_imported) : none),
    },
    {
      key: "rejected",
      title: t("imports.column.rejected"),
      isNumber: true,
      render: (job) => (job.report ? count(job.report.lines_rejected) : none),
    },
    { key: "took", title: t("imports.column.took"), isNumber: true, render: took },
    {
      key: "started",
      title: t("imports.column.started"),
      isNumber: true,
      render: (job) => (job.started_at ? since(job.started_at) : none),
    },
  ];
  return (
    <Page title={t("imports.title")} purpose={t("imports.purpose")}>
      <div className={styles.stack}>
        {mayImport && <ImportStart onStarted={(job) => go(`/settings/imports/${job.id}`)} />}
        <RecordList
          name="imports"
          page={imports}
          title={t("imports.history")}
          columns={columns}
          rowKey={(job) => job.id}
          onOpen={(job) => go(`/settings/imports/${job.id}`)}
          empty={
            <EmptyState
              icon={<InboxOutlined />}
              title={t("imports.empty.title")}
              hint={t("imports.empty.hint")}
            />
          }
          card={(job) => (
            <div className={styles.card}>
              <span>{job.file_name}</span>
              <span className={styles.line}>
                <ImportState job={job} />
                <span className={styles.quiet}>{job.started_at ? since(job.started_at) : ""}</span>
              </span>
            </div>
          )}
        />
      </div>
    </Page>
  );
}
