import { useTranslation } from "react-i18next";
import type { OrderRow } from "../../api/contract";
import { nameOf } from "../../kit/nameOf";
import { useFormat } from "../../kit/useFormat";
import { OrderState } from "./OrderState";
import styles from "./orders.module.css";

/** An order's row on a phone. */
export function OrderCard({ order }: { order: OrderRow }) {
  const { t } = useTranslation();
  const { money, signedPoints, moment } = useFormat();
  return (
    <div className={styles.card}>
      <div className={styles.cardLine}>
        <span>{order.number}</span>
        <span>{money(order.net_minor, order.currency)}</span>
      </div>
      <div className={styles.cardLine}>
        <span>{order.member ? nameOf(order.member) : t("kit.guest")}</span>
        <OrderState status={order.status} />
      </div>
      <div className={styles.cardLine}>
        <span className={styles.quiet}>{moment(order.placed_at)}</span>
        <span className={styles.quiet}>{order.points ? signedPoints(order.points) : ""}</span>
      </div>
    </div>
  );
}
