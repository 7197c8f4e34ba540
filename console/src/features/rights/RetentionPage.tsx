import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { usePurposes } from "../../api/consents";
import { type RetentionLine, useRetention } from "../../api/requests";
import { Card } from "../../kit/Card";
import { type Column, DataTable } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import styles from "./rights.module.css";

/** How long everything is kept, and whether anything is kept too long. */
export function RetentionPage() {
  const { t } = useTranslation();
  const { count, moment, name, dayOf, day } = useFormat();
  const retention = useRetention();
  const purposes = usePurposes();
  const purposeName = (code: string) => {
    const found = purposes.data?.items.find((one) => one.code === code);
    return found ? name(found.name) : code;
  };
  const last = (line: RetentionLine) =>
    retention.data?.last_run.find((one) => one.purpose === line.purpose && one.data === line.data)?.erased ??
    0;
  const columns: Column<RetentionLine>[] = [
    { key: "purpose", title: t("consent.column.purpose"), render: (one) => purposeName(one.purpose) },
    { key: "data", title: t("rights.retention.data"), render: (one) => name(one.label) },
    {
      key: "days",
      title: t("rights.retention.days"),
      isNumber: true,
      render: (one) => t("consent.days", { days: count(one.days) }),
    },
    { key: "rows", title: t("rights.retention.rows"), isNumber: true, render: (one) => count(one.rows) },
    {
      key: "oldest",
      title: t("rights.retention.oldest"),
      render: (one) => (one.oldest ? day(dayOf(one.oldest)) : "—"),
    },
    {
      key: "overdue",
      title: t("rights.retention.overdue"),
      isNumber: true,
      render: (one) => <span className={one.overdue ? styles.late : undefined}>{count(one.overdue)}</span>,
    },
    { key: "erased", title: t("rights.retention.erased"), isNumber: true, render: (one) => count(last(one)) },
  ];
  const overdue = retention.data?.now.reduce((sum, one) => sum + one.overdue, 0) ?? 0;
  return (
    <Page title={t("rights.retention.title")} purpose={t("rights.retention.purpose")}>
      <div className={styles.stack}>
        {retention.data && (
          <Alert
            type={overdue ? "warning" : "success"}
            showIcon
            title={overdue ? t("rights.retention.bad", { count: overdue }) : t("rights.retention.ok")}
            description={
              retention.data.last_run_at
                ? t("rights.retention.last", { at: moment(retention.data.last_run_at) })
                : t("rights.retention.never")
            }
          />
        )}
        <Card isFlush>
          <DataTable
            rows={retention.data?.now}
            columns={columns}
            rowKey={(one) => `${one.purpose}:${one.data}`}
            error={retention.error}
            onRetry={() => void retention.refetch()}
            card={(one) => (
              <div className={styles.cardLine}>
                <div>
                  <div>{name(one.label)}</div>
                  <div className={styles.quiet}>
                    {purposeName(one.purpose)} · {t("consent.days", { days: count(one.days) })}
                  </div>
                </div>
                <span className={one.overdue ? styles.late : styles.quiet}>{count(one.rows)}</span>
              </div>
            )}
            empty={<EmptyState title={t("rights.retention.empty")} />}
          />
        </Card>
      </div>
    </Page>
  );
}
