import { useTranslation } from "react-i18next";
import { type StoreRedemption, useRedemptionsOfDay } from "../../../api/couponRedeem";
import { Card } from "../../../kit/Card";
import { type Column, DataTable } from "../../../kit/DataTable";
import { EmptyState } from "../../../kit/EmptyState";
import { useFormat } from "../../../kit/useFormat";
import styles from "./redeem.module.css";
import { UndoButton } from "./UndoButton";

/** What this store has redeemed today, the newest first; what was done by mistake is taken back from here. */
export function DayList({ store }: { store: string }) {
  const { t } = useTranslation();
  const { count, money, name, timeOf } = useFormat();
  const { data, error, refetch, isPlaceholderData } = useRedemptionsOfDay(store);
  const off = (row: StoreRedemption) =>
    row.discount_minor ? money(row.discount_minor, data?.currency) : "—";
  const act = (row: StoreRedemption) =>
    row.is_undone ? (
      <span className={styles.quiet}>{t("couponRedeem.day.undone")}</span>
    ) : row.can_be_undone ? (
      <UndoButton code={row.code} isSmall />
    ) : (
      <span className={styles.quiet}>{row.with_order ? t("couponRedeem.day.withOrder") : ""}</span>
    );
  const columns: Column<StoreRedemption>[] = [
    { key: "at", title: t("couponRedeem.day.at"), render: (row) => timeOf(row.at), width: 72 },
    {
      key: "coupon",
      title: t("couponRedeem.day.coupon"),
      render: (row) => (
        <div className={row.is_undone ? styles.struck : undefined}>
          <b>{name(row.template.name)}</b>
          <div className={styles.quiet}>{[row.code, row.holder?.name].filter(Boolean).join(" · ")}</div>
        </div>
      ),
    },
    { key: "off", title: t("couponRedeem.day.off"), isNumber: true, render: off },
    {
      key: "by",
      title: t("couponRedeem.day.by"),
      render: (row) => row.by.name ?? t("couponRedeem.day.system"),
    },
    { key: "act", title: "", render: act },
  ];
  return (
    <Card
      isFlush
      title={t("couponRedeem.day.title")}
      note={
        data &&
        t("couponRedeem.day.sum", {
          count: data.count,
          shown: count(data.count),
          amount: money(data.discount_minor, data.currency),
        })
      }
    >
      <DataTable<StoreRedemption>
        rows={data?.items}
        columns={columns}
        rowKey={(row) => `${row.code} ${row.at}`}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        empty={<EmptyState title={t("couponRedeem.day.emptyTitle")} hint={t("couponRedeem.day.emptyHint")} />}
        card={(row) => (
          <div className={styles.row}>
            <div className={row.is_undone ? styles.struck : undefined}>
              <b>{name(row.template.name)}</b>
              <div className={styles.quiet}>
                {[timeOf(row.at), row.code, row.holder?.name].filter(Boolean).join(" · ")}
              </div>
            </div>
            <div className={styles.end}>
              <div>{off(row)}</div>
              {act(row)}
            </div>
          </div>
        )}
      />
    </Card>
  );
}
