import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import type { LastRun, Schedule } from "../../api/contract";
import { useRunSchedule, useSchedules } from "../../api/monitor";
import { useMay } from "../../api/session";
import { Card } from "../../kit/Card";
import { type Column, DataTable } from "../../kit/DataTable";
import { Refusal } from "../../kit/Refusal";
import { Swatch } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import styles from "./operations.module.css";
import { Reason } from "./Reason";

/** What comes by the clock: when, how it ended, and doing it now. */
export function SchedulesTab() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const schedules = useSchedules();
  const mayOperate = useMay()("system.operate");
  const run = useRunSchedule();
  const start = (one: Schedule) =>
    run.mutate(one.name, { onSuccess: () => void message.success(t("operations.asked")) });
  const columns = useColumns(mayOperate ? start : undefined, run.isPending ? run.variables : null);
  // What failed comes first: that is what one comes for.
  const rows = schedules.data?.items.toSorted((one, other) => rank(one) - rank(other));
  return (
    <>
      <Refusal error={run.error} />
      <Card isFlush>
        <DataTable
          rows={rows}
          columns={columns}
          rowKey={(one) => one.name}
          error={schedules.error}
          onRetry={() => void schedules.refetch()}
          empty={null}
          card={(one) => (
            <div className={styles.card}>
              {columns.map((column) => (
                <div key={column.key}>{column.render(one)}</div>
              ))}
            </div>
          )}
        />
      </Card>
    </>
  );
}

function rank(one: Schedule): number {
  return one.last?.outcome === "failed" ? 0 : one.is_running ? 1 : 2;
}

function useColumns(onRun: ((one: Schedule) => void) | undefined, starting: string | null) {
  const { t } = useTranslation();
  const { moment, since, wait } = useFormat();
  const columns: Column<Schedule>[] = [
    {
      key: "work",
      title: t("operations.column.work"),
      render: (one) => <span title={one.name}>{one.label}</span>,
    },
    {
      key: "outcome",
      title: t("operations.column.outcome"),
      render: (one) => <Outcome last={one.last} isRunning={one.is_running} />,
    },
    {
      key: "last",
      title: t("operations.column.last"),
      width: 190,
      render: (one) =>
        one.last && (
          <span className="num" title={moment(one.last.at)}>
            {since(one.last.at)} <span className={styles.quiet}>{wait(one.last.seconds)}</span>
          </span>
        ),
    },
    {
      key: "next",
      title: t("operations.column.next"),
      width: 180,
      render: (one) => (
        <span className="num" title={`${one.cron} UTC`}>
          {one.next_at ? moment(one.next_at) : t("kit.none")}
        </span>
      ),
    },
  ];
  if (onRun) {
    columns.push({
      key: "run",
      title: "",
      width: 110,
      render: (one) => (
        <Button
          size="small"
          disabled={one.is_running}
          loading={starting === one.name}
          onClick={() => onRun(one)}
        >
          {t("operations.runNow")}
        </Button>
      ),
    });
  }
  return columns;
}

export function Outcome({ last, isRunning }: { last: LastRun | null; isRunning: boolean }) {
  const { t } = useTranslation();
  if (isRunning) return <Swatch tone="plain">{t("operations.outcome.running")}</Swatch>;
  if (!last) return <span className={styles.quiet}>{t("operations.outcome.never")}</span>;
  if (last.outcome === "done") return <Swatch tone="good">{t("operations.outcome.done")}</Swatch>;
  return (
    <span className={styles.what}>
      <Swatch tone="bad">
        {last.failures > 1
          ? t("operations.failedTimes", { count: last.failures })
          : t("operations.outcome.failed")}
      </Swatch>
      <Reason error={last.error} trace={last.trace_id} />
    </span>
  );
}
