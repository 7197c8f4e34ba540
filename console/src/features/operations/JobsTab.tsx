import { CheckCircleOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import type { JobState, QueuedJob } from "../../api/contract";
import { useJobs } from "../../api/monitor";
import { useMay } from "../../api/session";
import { Card } from "../../kit/Card";
import { type Column, DataTable } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { Go } from "../../kit/Go";
import { Keyset } from "../../kit/Keyset";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import { backgroundDefaults, jobStates } from "./listState";
import styles from "./operations.module.css";
import { Reason } from "./Reason";
import { useActs } from "./useActs";

/** What waits, runs and has failed; what has failed can be tried again or let go. */
export function JobsTab() {
  const { t } = useTranslation();
  const [state, patch] = useUrlState(backgroundDefaults);
  const shown: JobState = jobStates.find((one) => one === state.state) ?? "failed";
  const page = useJobs({
    state: shown,
    limit: Number(state.limit),
    ...(state.cursor && { cursor: state.cursor }),
  });
  const mayOperate = useMay()("system.operate");
  const { act, isActing, error } = useActs();
  const columns = useColumns(shown, mayOperate ? (job, what) => act(what, [job.id]) : undefined, isActing);
  const failed = page.data?.counts.failed ?? 0;
  return (
    <>
      <Refusal error={error} />
      <Card isFlush>
        <div className={styles.head}>
          <Segmented
            value={shown}
            onChange={(value) => patch({ state: value, cursor: "" })}
            options={jobStates.map((value) => ({
              value,
              label: (
                <>
                  {t(`operations.state.${value}`)}{" "}
                  <span className="num">{page.data ? page.data.counts[value] : ""}</span>
                </>
              ),
            }))}
          />
          {mayOperate && shown === "failed" && failed > 1 && (
            <span className={styles.buttons}>
              <Button disabled={isActing} onClick={() => act("discard", undefined, failed)}>
                {t("operations.discardAll")}
              </Button>
              <Button type="primary" disabled={isActing} onClick={() => act("retry")}>
                {t("operations.retryAll")}
              </Button>
            </span>
          )}
        </div>
        <DataTable
          rows={page.data?.items}
          columns={columns}
          rowKey={(job) => job.id}
          error={page.error}
          onRetry={() => void page.refetch()}
          empty={
            <EmptyState
              icon={<CheckCircleOutlined />}
              title={t(`operations.well.${shown}.title`)}
              hint={t(`operations.well.${shown}.hint`)}
            />
          }
          card={(job) => (
            <div className={styles.card}>
              {columns
                .filter((column) => column.key !== "tries")
                .map((column) => (
                  <div key={column.key}>{column.render(job)}</div>
                ))}
            </div>
          )}
          footer={<Keyset state={state} patch={patch} next={page.data?.next ?? null} />}
        />
      </Card>
    </>
  );
}

type OnAct = (job: QueuedJob, act: "retry" | "discard") => void;

function useColumns(shown: JobState, onAct: OnAct | undefined, isActing: boolean): Column<QueuedJob>[] {
  const { t } = useTranslation();
  const { moment, since } = useFormat();
  const columns: Column<QueuedJob>[] = [
    {
      key: "work",
      title: t("operations.column.work"),
      render: (job) => (
        <span className={styles.what} title={job.name}>
          <span>{job.label}</span>
          <About job={job} />
        </span>
      ),
    },
    {
      key: "asked",
      title: t("operations.column.asked"),
      width: 150,
      render: (job) => (
        <span className="num" title={moment(job.asked_at)}>
          {since(job.asked_at)}
        </span>
      ),
    },
    {
      key: "tries",
      title: t("operations.column.tries"),
      width: 80,
      isNumber: true,
      render: (job) => job.tries,
    },
  ];
  if (shown === "waiting") {
    columns.push({
      key: "due",
      title: t("operations.column.due"),
      width: 180,
      render: (job) => <span className="num">{moment(job.due_at)}</span>,
    });
  }
  if (shown !== "running") {
    columns.push({
      key: "reason",
      title: t("operations.column.reason"),
      render: (job) =>
        shown === "failed" || job.error ? <Reason error={job.error} trace={job.trace_id} /> : t("kit.none"),
    });
  }
  if (shown === "failed" && onAct) {
    columns.push({
      key: "acts",
      title: "",
      width: 160,
      render: (job) => (
        <span className={styles.buttons}>
          <Button size="small" disabled={isActing} onClick={() => onAct(job, "retry")}>
            {t("operations.retry")}
          </Button>
          <Button size="small" type="text" disabled={isActing} onClick={() => onAct(job, "discard")}>
            {t("operations.discard")}
          </Button>
        </span>
      ),
    });
  }
  return columns;
}

function About({ job }: { job: QueuedJob }) {
  return (
    <span className={styles.quiet}>
      {job.about.map((one) => {
        const words = `${one.label} #${one.id}`;
        return one.link ? (
          <Go key={words} to={one.link} className={styles.link}>
            {words}
          </Go>
        ) : (
          <span key={words}>{words}</span>
        );
      })}
    </span>
  );
}
