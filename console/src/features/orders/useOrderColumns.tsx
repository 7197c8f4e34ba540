import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { OrderRow } from "../../api/contract";
import type { Column } from "../../kit/DataTable";
import { nameOf } from "../../kit/nameOf";
import { useFormat } from "../../kit/useFormat";
import { OrderState } from "./OrderState";
import styles from "./orders.module.css";

export function useOrderColumns(options: { isSortable?: boolean } = {}): Column<OrderRow>[] {
  const { isSortable = true } = options;
  const { t } = useTranslation();
  const { count, money, signed, day, dayOf, timeOf } = useFormat();
  return useMemo(() => {
    const columns: Column<OrderRow>[] = [
      {
        key: "number",
        title: t("orders.column.number"),
        isFixed: true,
        render: (row) => <span className="num">{row.number}</span>,
      },
      {
        key: "time",
        title: t("orders.column.time"),
        sortField: "placed_at",
        render: (row) => (
          <span className="num">
            {day(dayOf(row.placed_at))} <span className={styles.quiet}>{timeOf(row.placed_at)}</span>
          </span>
        ),
      },
      {
        key: "member",
        title: t("orders.column.member"),
        render: (row) =>
          row.member ? nameOf(row.member) : <span className={styles.quiet}>{t("kit.guest")}</span>,
      },
      { key: "store", title: t("orders.column.store"), render: (row) => row.store?.name ?? t("kit.none") },
      {
        key: "status",
        title: t("orders.column.status"),
        render: (row) => <OrderState status={row.status} />,
      },
      {
        key: "lines",
        title: t("orders.column.lines"),
        isNumber: true,
        render: (row) => count(row.line_count),
      },
      {
        key: "points",
        title: t("orders.column.points"),
        isNumber: true,
        render: (row) => (row.points ? signed(row.points) : t("kit.none")),
      },
      {
        key: "amount",
        title: t("orders.column.amount"),
        isNumber: true,
        sortField: "net_minor",
        render: (row) => money(row.net_minor, row.currency),
      },
    ];
    return isSortable ? columns : columns.map(({ sortField: _field, ...column }) => column);
  }, [t, count, money, signed, day, dayOf, timeOf, isSortable]);
}
