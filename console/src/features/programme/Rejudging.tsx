import { App, Button, Progress } from "antd";
import { useTranslation } from "react-i18next";
import { newKey } from "../../api/attempt";
import { useMay } from "../../api/session";
import { useRejudge, useRejudging } from "../../api/tiers";
import { Card } from "../../kit/Card";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import styles from "./programme.module.css";

/** Applying changed rules to everybody at once, and how far that has come. */
export function Rejudging() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const mayWrite = useMay()("tiers.write");
  const newest = useRejudging(mayWrite);
  const rejudge = useRejudge();
  const isRunning = newest.data?.state === "running";
  const ask = () =>
    modal.confirm({
      title: t("programme.rejudge.confirm"),
      content: t("programme.rejudge.confirmHint"),
      okText: t("programme.rejudge.start"),
      cancelText: t("programme.rejudge.cancel"),
      onOk: () => rejudge.mutate(newKey()),
    });
  if (!mayWrite) return null;
  return (
    <Card title={t("programme.rejudge.title")} note={t("programme.rejudge.note")}>
      <Refusal error={rejudge.error ?? newest.error} />
      <Told newest={newest.data ?? null} />
      <Button className={styles.act} onClick={ask} loading={rejudge.isPending} disabled={isRunning}>
        {t("programme.rejudge.start")}
      </Button>
    </Card>
  );
}

function Told({ newest }: { newest: ReturnType<typeof useRejudging>["data"] | null }) {
  const { t } = useTranslation();
  const { count, moment } = useFormat();
  if (!newest) return <p className={styles.told}>{t("programme.rejudge.never")}</p>;
  if (newest.state === "running") {
    const told = t("programme.rejudge.running", { done: count(newest.done), total: count(newest.total) });
    const percent = newest.total > 0 ? Math.min(99, (newest.done / newest.total) * 100) : 0;
    return (
      <div role="status">
        <p className={styles.told}>{told}</p>
        <Progress percent={percent} showInfo={false} size={{ height: 6 }} aria-label={told} />
      </div>
    );
  }
  return (
    <p className={styles.told}>
      {t("programme.rejudge.done", {
        at: moment(newest.finished_at ?? newest.started_at),
        total: count(newest.total),
        promoted: count(newest.promoted),
        demoted: count(newest.demoted),
      })}
    </p>
  );
}
