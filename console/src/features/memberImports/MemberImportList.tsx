import { InboxOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { MemberImport } from "../../api/contract";
import { useMemberImports } from "../../api/memberImports";
import { useMay } from "../../api/session";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { Go } from "../../kit/Go";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { MemberImportState } from "./MemberImportState";
import styles from "./memberImports.module.css";
import { UploadCard } from "./UploadCard";

export function MemberImportList() {
  const { t } = useTranslation();
  const { count, since, bytes } = useFormat();
  const go = useGo();
  const mayImport = useMay()("member_imports.write");
  const imports = useMemberImports();
  const none = t("kit.none");
  const told = (job: MemberImport) => job.counts ?? job.dry_run;
  const open = (job: MemberImport) => go(`/settings/member-imports/${job.id}`);
  const columns: Column<MemberImport>[] = [
    {
      key: "file",
      title: t("memberImports.column.file"),
      render: (job) => (
        <span title={job.file_name}>
          {job.file_name} <small className={styles.quiet}>{bytes(job.file_bytes)}</small>
        </span>
      ),
    },
    {
      key: "state",
      title: t("memberImports.column.state"),
      render: (job) => <MemberImportState job={job} />,
    },
    {
      key: "new",
      title: t("memberImports.column.fresh"),
      isNumber: true,
      render: (job) => (told(job) ? count(told(job)?.new ?? 0) : none),
    },
    {
      key: "updated",
      title: t("memberImports.column.updated"),
      isNumber: true,
      render: (job) => (told(job) ? count(told(job)?.updated ?? 0) : none),
    },
    {
      key: "rejected",
      title: t("memberImports.column.rejected"),
      isNumber: true,
      render: (job) => {
        const counts = told(job);
        return counts ? count(counts.rejected + counts.conflicts + counts.duplicates) : none;
      },
    },
    {
      key: "when",
      title: t("memberImports.column.when"),
      isNumber: true,
      render: (job) => since(job.started_at ?? job.created_at),
    },
  ];
  return (
    <Page
      title={t("memberImports.title")}
      purpose={
        <>
          {t("memberImports.purpose")} <Go to="/settings/imports">{t("memberImports.orders")}</Go>
        </>
      }
    >
      <div className={styles.stack}>
        {mayImport && <UploadCard onUploaded={open} />}
        <RecordList
          name="member-imports"
          page={imports}
          title={t("memberImports.history")}
          columns={columns}
          rowKey={(job) => job.id}
          onOpen={open}
          empty={
            <EmptyState
              icon={<InboxOutlined />}
              title={t("memberImports.empty.title")}
              hint={t("memberImports.empty.hint")}
            />
          }
          card={(job) => (
            <div className={styles.card}>
              <span>{job.file_name}</span>
              <span className={styles.line}>
                <MemberImportState job={job} />
                <span className={styles.quiet}>{since(job.started_at ?? job.created_at)}</span>
              </span>
            </div>
          )}
        />
      </div>
    </Page>
  );
}
