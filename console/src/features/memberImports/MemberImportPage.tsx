import { useParams } from "@tanstack/react-router";
import { Alert, App, Button, Progress, Steps } from "antd";
import { useTranslation } from "react-i18next";
import type { MemberImport } from "../../api/contract";
import { isAtWork, type Step, useMemberImport, useMemberImportStep } from "../../api/memberImports";
import { useMay } from "../../api/session";
import { Card } from "../../kit/Card";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import { MappingCard } from "./MappingCard";
import { MemberImportState } from "./MemberImportState";
import styles from "./memberImports.module.css";
import { Outcome, Reasons, Undone } from "./Outcome";
import { RulesCard } from "./RulesCard";

export function MemberImportPage() {
  const { t } = useTranslation();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const job = useMemberImport(id);
  return (
    <Page
      breadcrumb={<Go to="/settings/member-imports">{t("memberImports.title")}</Go>}
      title={job.data?.file_name ?? t("memberImports.title")}
      purpose={job.data && <MemberImportState job={job.data} />}
    >
      <Loaded of={job} isPage rows={8}>
        {(data) => <Wizard job={data} />}
      </Loaded>
    </Page>
  );
}

function stepOf(job: MemberImport): number {
  if (job.state === "done" || job.state === "undoing" || job.state === "undone") return 4;
  if (job.started_at) return 3;
  if (job.state === "checking" || job.state === "checked") return 2;
  return 0;
}

function Wizard({ job }: { job: MemberImport }) {
  const { t } = useTranslation();
  const mayImport = useMay()("member_imports.write");
  const isSetUp = job.started_at === null && ["draft", "checked", "failed"].includes(job.state);
  return (
    <div className={styles.stack}>
      <Steps
        className={styles.steps}
        size="small"
        current={stepOf(job)}
        items={(["mapping", "rules", "check", "run", "result"] as const).map((step) => ({
          title: t(`memberImports.steps.${step}`),
        }))}
      />
      {job.error && (
        <Alert
          type="error"
          showIcon
          title={job.error.title || t("memberImports.failed")}
          description={job.error.detail}
        />
      )}
      {isAtWork(job) && <AtWork job={job} />}
      <Undone job={job} />
      {job.counts && !isAtWork(job) && <Outcome job={job} counts={job.counts} isTrial={false} />}
      {!job.counts && job.dry_run && <Outcome job={job} counts={job.dry_run} isTrial />}
      {(job.counts || job.dry_run) && !isAtWork(job) && <Reasons job={job} />}
      {isSetUp && job.look && <MappingCard job={job} look={job.look} mayChange={mayImport} />}
      {isSetUp && mayImport && <RulesCard job={job} />}
      {mayImport && !isAtWork(job) && <Actions job={job} isSetUp={isSetUp} />}
    </div>
  );
}

function Actions({ job, isSetUp }: { job: MemberImport; isSetUp: boolean }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const step = useMemberImportStep(job.id);
  const go = (next: Step) => step.mutate(next);
  const undo = () =>
    modal.confirm({
      title: t("memberImports.undoAsk.title"),
      content: t("memberImports.undoAsk.text"),
      okText: t("memberImports.undoAsk.yes"),
      cancelText: t("memberImports.undoAsk.no"),
      okButtonProps: { danger: true },
      onOk: () => go("undo"),
    });
  const isTried = job.state === "checked";
  return (
    <div className={styles.stack}>
      {step.error && <Alert type="error" showIcon title={step.error.message} />}
      <div className={styles.buttons}>
        {isSetUp && (
          <>
            <Button
              type={isTried ? "default" : "primary"}
              loading={step.isPending}
              onClick={() => go("dry-run")}
            >
              {t("memberImports.actions.check")}
            </Button>
            <Button
              type={isTried ? "primary" : "default"}
              loading={step.isPending}
              onClick={() => go("start")}
            >
              {t(isTried ? "memberImports.actions.start" : "memberImports.actions.startAnyway")}
            </Button>
          </>
        )}
        {job.state === "failed" && job.started_at && (
          <Button type="primary" loading={step.isPending} onClick={() => go("start")}>
            {t("memberImports.actions.goOn")}
          </Button>
        )}
        {(job.state === "done" || (job.state === "failed" && job.started_at)) && (
          <Button danger loading={step.isPending} onClick={undo}>
            {t("memberImports.actions.undo")}
          </Button>
        )}
      </div>
    </div>
  );
}

function AtWork({ job }: { job: MemberImport }) {
  const { t } = useTranslation();
  const { count, wait } = useFormat();
  const { progress } = job;
  const percent = progress.total ? Math.min(100, (progress.done / progress.total) * 100) : 0;
  return (
    <Card>
      <div className={styles.line} aria-live="polite">
        <b>{t(`memberImports.state.${job.state}`)}</b>
        <span className="num">
          {progress.total
            ? t("memberImports.running.of", { done: count(progress.done), total: count(progress.total) })
            : t("memberImports.running.reading")}
        </span>
      </div>
      {progress.total ? <Progress percent={percent} showInfo={false} status="active" /> : null}
      <div className={styles.line}>
        <span className={styles.quiet}>
          {progress.rate_per_second
            ? t("memberImports.running.rate", { rate: count(progress.rate_per_second) })
            : ""}
          {progress.seconds_left !== null &&
            ` · ${t("memberImports.running.left", { time: wait(progress.seconds_left) })}`}
        </span>
        <span className={styles.quiet}>{t("memberImports.running.leave")}</span>
      </div>
    </Card>
  );
}
