import { PauseCircleOutlined, PlayCircleOutlined } from "@ant-design/icons";
import { Alert, App, Button, Progress, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { type RushState, useRush } from "../../../api/couponRush";
import { type CouponTemplateDetail, useChangeCoupon } from "../../../api/coupons";
import { useMay } from "../../../api/session";
import { Card } from "../../../kit/Card";
import { Figure } from "../../../kit/Figure";
import { Loaded } from "../../../kit/Loaded";
import { Refusal } from "../../../kit/Refusal";
import { useFormat } from "../../../kit/useFormat";
import { attemptsOf, queueing } from "./figures";
import styles from "./rush.module.css";

/** How the rush stands now, and the switch that stops it. */
export function Live({ template }: { template: CouponTemplateDetail }) {
  const { t } = useTranslation();
  const rush = useRush(template.code);
  return (
    <Card
      title={t("couponRush.live.title")}
      note={t("couponRush.live.note")}
      extra={<Switch template={template} />}
    >
      <Loaded of={rush} rows={4} minHeight={160}>
        {(state) => <Standing state={state} />}
      </Loaded>
    </Card>
  );
}

function Standing({ state }: { state: RushState }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const { free, taken } = state;
  const of = (name: "taken" | "free" | "attempts" | "queueing", value: string | null) => (
    <Figure
      label={t(`couponRush.figure.${name}`)}
      value={value}
      explain={{ definition: t(`couponRush.definition.${name}`) }}
    />
  );
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <Sign state={state} />
      </div>
      {!state.is_rush && <Alert type="info" showIcon title={t("couponRush.live.off")} />}
      <div className={styles.figures}>
        {of("taken", count(taken))}
        {of("free", free === null ? t("couponRush.live.endless") : count(free))}
        {of("attempts", count(Math.round(attemptsOf(state))))}
        {of("queueing", count(Math.round(queueing(state))))}
      </div>
      {free !== null && free + taken > 0 && (
        <Progress
          className={styles.left}
          percent={Math.round((taken / (free + taken)) * 100)}
          status="normal"
          aria-label={t("couponRush.figure.taken")}
        />
      )}
    </div>
  );
}

function Sign({ state }: { state: RushState }) {
  const { t } = useTranslation();
  if (state.state === "paused") return <Tag color="error">{t("couponRush.sign.paused")}</Tag>;
  if (state.state !== "published") return <Tag>{t("couponRush.sign.closed")}</Tag>;
  if (state.is_sold_out) return <Tag color="warning">{t("couponRush.sign.soldOut")}</Tag>;
  return <Tag color="success">{t("couponRush.sign.open")}</Tag>;
}

function Switch({ template }: { template: CouponTemplateDetail }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay();
  const change = useChangeCoupon();
  const { code, state, version: seen } = template;
  if (!may("coupons.write") || (state !== "published" && state !== "paused")) return null;
  const isPaused = state === "paused";
  // No question first: whoever stops a rush means it, and it goes on as easily.
  const flip = () =>
    change.mutate(
      { what: isPaused ? "resume" : "pause", code, seen },
      { onSuccess: () => void message.success(t(isPaused ? "couponRush.resumed" : "couponRush.paused")) },
    );
  return (
    <div className={styles.stack}>
      <Button
        size="large"
        type={isPaused ? "primary" : "default"}
        danger={!isPaused}
        icon={isPaused ? <PlayCircleOutlined /> : <PauseCircleOutlined />}
        loading={change.isPending}
        onClick={flip}
      >
        {t(isPaused ? "couponRush.resume" : "couponRush.pause")}
      </Button>
      <Refusal error={change.error} />
    </div>
  );
}
