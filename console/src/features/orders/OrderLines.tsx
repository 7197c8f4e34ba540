import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { Order, OrderLine } from "../../api/contract";
import { type Column, DataTable } from "../../kit/DataTable";
import { useFormat } from "../../kit/useFormat";
import styles from "./orders.module.css";

export function OrderLines({ order }: { order: Order }) {
  const { t } = useTranslation();
  const { money, quantity, unitPrice } = useFormat();
  const product = (line: OrderLine) => (
    <span className={styles.product}>
      {line.product.name || line.product.code}{" "}
      {!line.is_goods && (
        <Tooltip title={t("orders.detail.line.notGoodsNote")}>
          <span className={styles.tag}>{t("orders.detail.line.notGoods")}</span>
        </Tooltip>
      )}
      <small>{line.product.code}</small>
    </span>
  );
  const columns: Column<OrderLine>[] = [
    { key: "product", title: t("orders.detail.line.product"), render: product },
    {
      key: "quantity",
      title: t("orders.detail.line.quantity"),
      isNumber: true,
      render: (line) => quantity(line.quantity),
    },
    {
      key: "price",
      title: t("orders.detail.line.price"),
      isNumber: true,
      render: (line) => unitPrice(line.unit_price, order.currency),
    },
    {
      key: "amount",
      title: t("orders.detail.line.amount"),
      isNumber: true,
      render: (line) => money(line.amount_minor, order.currency),
    },
  ];
  if (order.lines.some((line) => Number(line.refunded_quantity) > 0)) {
    columns.splice(2, 0, {
      key: "refunded",
      title: t("orders.detail.line.refunded"),
      isNumber: true,
      render: (line) =>
        Number(line.refunded_quantity) > 0 ? quantity(line.refunded_quantity) : t("kit.none"),
    });
  }
  return (
    <DataTable
      rows={order.lines}
      columns={columns}
      rowKey={(line) => line.line_no}
      empty={null}
      card={(line) => (
        <div className={styles.cardLine}>
          {product(line)}
          <span className={styles.right}>
            {money(line.amount_minor, order.currency)}
            <div className={styles.quiet}>
              {quantity(line.quantity)} × {unitPrice(line.unit_price, order.currency)}
            </div>
          </span>
        </div>
      )}
    />
  );
}
