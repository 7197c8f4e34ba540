import { AuditOutlined } from "@ant-design/icons";
import { Button, Drawer } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type AuditLine, exportAudit, useAuditLines } from "../../api/audit";
import { save } from "../../api/files";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { Refusal } from "../../kit/Refusal";
import { Swatch } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import { AuditFilters } from "./AuditFilters";
import styles from "./audit.module.css";
import { ChainState } from "./ChainState";
import { LineDetail } from "./LineDetail";
import { auditDefaults, auditQuery, hasFilters, noFilters } from "./listState";
import { startOfDay } from "./startOf";

export function AuditPage() {
  const { t } = useTranslation();
  const { zone } = useFormat();
  const [state, patch] = useUrlState(auditDefaults);
  const query = useMemo(() => auditQuery(state, (day, later) => startOfDay(day, later, zone)), [state, zone]);
  const page = useAuditLines(query);
  const columns = useColumns();
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const saveAll = async () => {
    setSaving(true);
    setError(null);
    try {
      await save(exportAudit(query), "audit.csv");
    } catch (refused) {
      setError(refused);
    } finally {
      setSaving(false);
    }
  };
  return (
    <Page
      title={t("audit.title")}
      purpose={t("audit.purpose")}
      action={
        <Button loading={isSaving} onClick={() => void saveAll()}>
          {t("audit.export")}
        </Button>
      }
    >
      <Refusal error={error} />
      <div className={styles.stack}>
        <ChainState />
        <RecordList
          name="audit"
          defaults={auditDefaults}
          apart={["line"]}
          page={page}
          filters={<AuditFilters state={state} patch={patch} />}
          columns={columns}
          rowKey={(row) => row.id}
          onOpen={(row) => patch({ line: String(row.id) })}
          selected={Number(state.line)}
          card={(row) => <LineCard line={row} />}
          empty={
            hasFilters(state) ? (
              <EmptyState
                icon={<AuditOutlined />}
                title={t("audit.empty.filteredTitle")}
                hint={t("audit.empty.filteredHint")}
                action={<Button onClick={() => patch(noFilters)}>{t("audit.empty.clear")}</Button>}
              />
            ) : (
              <EmptyState
                icon={<AuditOutlined />}
                title={t("audit.empty.title")}
                hint={t("audit.empty.hint")}
              />
            )
          }
        />
      </div>
      <Drawer
        open={state.line !== ""}
        onClose={() => patch({ line: "" })}
        size={520}
        title={t("audit.detail.title")}
        destroyOnHidden
      >
        {state.line && <LineDetail id={Number(state.line)} />}
      </Drawer>
    </Page>
  );
}

function useColumns(): Column<AuditLine>[] {
  const { t } = useTranslation();
  const { moment } = useFormat();
  return [
    {
      key: "at",
      title: t("audit.column.at"),
      width: 190,
      render: (line) => <span className={`num ${styles.time}`}>{moment(line.at)}</span>,
    },
    { key: "what", title: t("audit.column.what"), render: (line) => <Told line={line} /> },
    { key: "actor", title: t("audit.column.actor"), width: 160, render: (line) => line.actor.name },
    { key: "result", title: t("audit.column.result"), width: 100, render: (line) => <Outcome line={line} /> },
    {
      key: "address",
      title: t("audit.column.address"),
      width: 140,
      render: (line) => <span className="num">{line.address || t("kit.none")}</span>,
    },
  ];
}

function Told({ line }: { line: AuditLine }) {
  return <span className={styles.sentence}>{line.sentence}</span>;
}

function Outcome({ line }: { line: AuditLine }) {
  const { t } = useTranslation();
  return <Swatch tone={line.result === "ok" ? "good" : "bad"}>{t(`audit.result.${line.result}`)}</Swatch>;
}

function LineCard({ line }: { line: AuditLine }) {
  const { moment } = useFormat();
  return (
    <>
      <div className={styles.sentence}>{line.sentence}</div>
      <div className={styles.cardLine}>
        <span className="num">{moment(line.at)}</span>
        <Outcome line={line} />
      </div>
    </>
  );
}
