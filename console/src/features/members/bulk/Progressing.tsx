import { DownloadOutlined } from "@ant-design/icons";
import { Button, Popconfirm, Progress } from "antd";
import { useTranslation } from "react-i18next";
import { type BulkAct, skippedUrl, useBulkAct, useChangeBulk } from "../../../api/bulk";
import { Refusal } from "../../../kit/Refusal";
import { useFormat } from "../../../kit/useFormat";
import styles from "./bulk.module.css";

/** How far an act is; what can be done about it now. */
export function Progressing({ asked, onClose }: { asked: BulkAct; onClose: () => void }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const act = useBulkAct(asked).data;
  const looked = act.state === "undoing" ? act.undone : act.done + act.skipped;
  const whole = act.state === "undoing" ? act.done : act.members;
  const isMoving = act.state === "running" || act.state === "waiting" || act.state === "undoing";
  return (
    <div role="status">
      <b>{t(`bulk.state.${act.state}`)}</b>
      <Progress
        percent={whole === 0 ? 0 : Math.floor((looked / whole) * 100)}
        status={act.state === "failed" ? "exception" : isMoving ? "active" : "normal"}
      />
      <p className="num">
        {isMoving
          ? t("bulk.progress.of", { value: count(looked), total: count(whole) })
          : t("bulk.progress.done", { done: count(act.done), skipped: count(act.skipped) })}
        {act.state === "undone" && ` · ${t("bulk.progress.undone", { value: count(act.undone) })}`}
      </p>
      {isMoving && <p className={styles.quiet}>{t("bulk.progress.free")}</p>}
      {act.problem && <p>{act.problem.detail}</p>}
      <div className={styles.foot}>
        <ActButtons act={act} />
        <Button onClick={onClose}>{t("bulk.progress.close")}</Button>
      </div>
    </div>
  );
}

/** Stop, take back, and who was left out. */
export function ActButtons({ act }: { act: BulkAct }) {
  const { t } = useTranslation();
  const change = useChangeBulk();
  const mayStop = act.state === "approval" || act.state === "waiting" || act.state === "running";
  return (
    <>
      <Refusal error={change.error} />
      {act.skipped > 0 && (
        <Button size="small" icon={<DownloadOutlined />} href={skippedUrl(act.id)} download>
          {t("bulk.progress.skips")}
        </Button>
      )}
      {mayStop && (
        <Popconfirm
          title={t("bulk.progress.stopAsk")}
          onConfirm={() => change.mutate({ id: act.id, what: "stop" })}
        >
          <Button size="small" danger loading={change.isPending}>
            {t("bulk.progress.stop")}
          </Button>
        </Popconfirm>
      )}
      {act.undo_until && act.is_mine && (
        <Popconfirm
          title={t("bulk.progress.undoAsk")}
          onConfirm={() => change.mutate({ id: act.id, what: "undo" })}
        >
          <Button size="small" loading={change.isPending}>
            {t("bulk.progress.undo")}
          </Button>
        </Popconfirm>
      )}
    </>
  );
}
