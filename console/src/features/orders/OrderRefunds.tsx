import { useTranslation } from "react-i18next";
import type { Order } from "../../api/contract";
import { Go } from "../../kit/Go";
import { useFormat } from "../../kit/useFormat";
import { useWhyReturned } from "../checkout/useWhyReturned";
import styles from "./orders.module.css";

export function OrderRefunds({ order }: { order: Order }) {
  const { t } = useTranslation();
  const { money, moment } = useFormat();
  const why = useWhyReturned();
  if (order.refunds.length === 0) return <div className={styles.quiet}>{t("orders.detail.noRefunds")}</div>;
  return (
    <ul className={styles.moved}>
      {order.refunds.map((refund) => (
        <li key={refund.order_id}>
          <div className={styles.cardLine}>
            <Go to={`/sales/orders/${refund.order_id}`} className={styles.link}>
              {refund.number}
            </Go>
            <span className="num">{money(refund.amount_minor, order.currency)}</span>
          </div>
          <div className={styles.quiet}>
            {[moment(refund.at), why(refund.reason, refund.note)].filter(Boolean).join(" · ")}
          </div>
        </li>
      ))}
    </ul>
  );
}
