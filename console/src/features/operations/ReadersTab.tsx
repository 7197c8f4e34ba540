import { useTranslation } from "react-i18next";
import type { EventReader } from "../../api/contract";
import { useReaders } from "../../api/monitor";
import { Card } from "../../kit/Card";
import { type Column, DataTable } from "../../kit/DataTable";
import { useFormat } from "../../kit/useFormat";
import { Verdict } from "../../kit/Verdict";
import styles from "./operations.module.css";
import { Outcome } from "./SchedulesTab";

const MANY = 10_000;

/** Who reads the event log, and whether each keeps up. */
export function ReadersTab() {
  const { t } = useTranslation();
  const { count, moment, since } = useFormat();
  const readers = useReaders();
  const behind = readers.data?.items.filter((one) => one.lag > 1000 || one.last?.outcome === "failed") ?? [];
  const lag = (one: EventReader) =>
    one.lag > MANY ? t("operations.lagMany") : one.lag ? count(one.lag) : t("operations.lagNone");
  const columns: Column<EventReader>[] = [
    {
      key: "work",
      title: t("operations.column.work"),
      render: (one) => <span title={one.name}>{one.label}</span>,
    },
    { key: "lag", title: t("operations.column.lag"), width: 110, isNumber: true, render: lag },
    {
      key: "outcome",
      title: t("operations.column.outcome"),
      render: (one) => <Outcome last={one.last} isRunning={false} />,
    },
    {
      key: "moved",
      title: t("operations.column.moved"),
      width: 170,
      render: (one) =>
        one.moved_at && (
          <span className="num" title={moment(one.moved_at)}>
            {since(one.moved_at)}
          </span>
        ),
    },
    {
      key: "listens",
      title: t("operations.column.listens"),
      render: (one) => (
        <span className={styles.wrapped} title={one.events.join(" · ")}>
          {one.events.join(" · ")}
        </span>
      ),
    },
  ];
  return (
    <div className={styles.stack}>
      {readers.data && (
        <Card>
          <Verdict
            tone={behind.length ? "warn" : "good"}
            title={
              behind.length
                ? t("operations.readersBehind", { count: behind.length })
                : t("operations.readersWell")
            }
          />
        </Card>
      )}
      <Card isFlush>
        <DataTable
          rows={readers.data?.items}
          columns={columns}
          rowKey={(one) => one.name}
          error={readers.error}
          onRetry={() => void readers.refetch()}
          empty={null}
          card={(one) => (
            <div className={styles.card}>
              <b>{one.label}</b>
              <Outcome last={one.last} isRunning={false} />
              <span className={styles.quiet}>
                {t("operations.column.lag")} {lag(one)}
              </span>
            </div>
          )}
        />
      </Card>
    </div>
  );
}
