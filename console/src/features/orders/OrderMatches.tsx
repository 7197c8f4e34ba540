import { useTranslation } from "react-i18next";
import type { RefundMatch } from "../../api/contract";
import { type Column, DataTable } from "../../kit/DataTable";
import { Go } from "../../kit/Go";
import { Swatch } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import styles from "./orders.module.css";

export function OrderMatches({ matches, currency }: { matches: RefundMatch[]; currency: string }) {
  const { t } = useTranslation();
  const { money, quantity } = useFormat();
  const how = (match: RefundMatch) => (
    <Swatch tone={match.how === "unmatched" ? "warn" : "good"}>{t(`orders.detail.how.${match.how}`)}</Swatch>
  );
  const order = (match: RefundMatch) =>
    match.order ? (
      <Go to={`/sales/orders/${match.order.id}`} className={styles.link}>
        {match.order.number}
      </Go>
    ) : (
      t("kit.none")
    );
  const columns: Column<RefundMatch>[] = [
    {
      key: "product",
      title: t("orders.detail.line.product"),
      render: (match) => <span className={styles.product}>{match.product.name}</span>,
    },
    { key: "how", title: t("orders.detail.matchedBy"), render: how },
    { key: "order", title: t("orders.detail.matchedOrder"), render: order },
    {
      key: "quantity",
      title: t("orders.detail.line.quantity"),
      isNumber: true,
      render: (match) => quantity(match.quantity),
    },
    {
      key: "amount",
      title: t("orders.detail.line.amount"),
      isNumber: true,
      render: (match) => money(match.amount_minor, currency),
    },
  ];
  return (
    <DataTable
      rows={matches}
      columns={columns}
      rowKey={(match) => `${match.line_no}-${match.order?.id ?? ""}`}
      empty={null}
      card={(match) => (
        <div className={styles.cardLine}>
          <span>
            {match.product.name}
            <div>{how(match)}</div>
          </span>
          <span className={styles.right}>
            {money(match.amount_minor, currency)}
            <div>{order(match)}</div>
          </span>
        </div>
      )}
    />
  );
}
