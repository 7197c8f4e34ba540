import { HourglassOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { useWaitingRefunds, type WaitingRefund } from "../../api/checkout";
import { Card } from "../../kit/Card";
import { type Column, DataTable } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { Swatch } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import { useSourceName } from "../../kit/useSourceName";
import styles from "./checkout.module.css";

const mostShown = 200;

/** Refunds whose orders have not come yet, and those that could not be done when the orders came. */
export function WaitingRefunds() {
  const { t } = useTranslation();
  const sourceName = useSourceName();
  const { moment } = useFormat();
  const waiting = useWaitingRefunds();
  const state = (refund: WaitingRefund) => (
    <Swatch tone={refund.problem ? "bad" : "plain"}>
      {refund.problem
        ? t("checkout.waiting.failed", { problem: refund.problem })
        : t("checkout.waiting.waits")}
    </Swatch>
  );
  const columns: Column<WaitingRefund>[] = [
    { key: "number", title: t("checkout.waiting.number"), isFixed: true, render: (one) => one.number },
    { key: "of", title: t("checkout.waiting.of"), render: (one) => one.refund_of },
    { key: "source", title: t("checkout.waiting.source"), render: (one) => sourceName(one.source) },
    { key: "at", title: t("checkout.waiting.at"), render: (one) => moment(one.received_at) },
    { key: "state", title: t("checkout.waiting.state"), render: state },
  ];
  return (
    <Card isFlush title={t("checkout.waiting.title")} note={t("checkout.waiting.note")}>
      <DataTable
        rows={waiting.data}
        columns={columns}
        rowKey={(one) => `${one.source} ${one.number}`}
        error={waiting.error}
        onRetry={() => void waiting.refetch()}
        card={(one) => (
          <div className={styles.card}>
            <div className={styles.line}>
              <span>{one.number}</span>
              <span>{t("checkout.waiting.ofOrder", { number: one.refund_of })}</span>
            </div>
            <div className={styles.quiet}>
              {moment(one.received_at)} · {sourceName(one.source)}
            </div>
            {state(one)}
          </div>
        )}
        empty={
          <EmptyState
            icon={<HourglassOutlined />}
            title={t("checkout.waiting.emptyTitle")}
            hint={t("checkout.waiting.emptyHint")}
          />
        }
        footer={
          waiting.data && waiting.data.length >= mostShown ? (
            <p className={`${styles.quiet} ${styles.foot}`}>
              {t("checkout.waiting.more", { count: mostShown })}
            </p>
          ) : null
        }
      />
    </Card>
  );
}
