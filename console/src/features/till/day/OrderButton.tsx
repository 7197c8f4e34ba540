import { useTranslation } from "react-i18next";
import type { OrderRow } from "../../../api/contract";
import { useFormat } from "../../../kit/useFormat";
import { useWhyReturned } from "../../checkout/useWhyReturned";
import styles from "./day.module.css";

interface Props {
  order: OrderRow;
  onOpen: () => void;
}

/** An order in a list of the till: when, who, how much, and what came back of it. */
export function OrderButton({ order, onOpen }: Props) {
  const { t } = useTranslation();
  const { money, moment } = useFormat();
  const told = useWhyReturned()(order.refund_reason, order.refund_note);
  const who = order.member ? order.member.name || order.member.number : t("tillDesk.guest");
  return (
    <button type="button" className={styles.order} onClick={onOpen}>
      <span className={styles.what}>
        <b>{order.number}</b>
        <span className={styles.quiet}>
          {moment(order.placed_at)} · {who}
          {order.kind === "refund" && ` · ${t("tillDesk.day.isRefund")}`}
        </span>
        {told && <span className={styles.quiet}>{told}</span>}
      </span>
      <span className={styles.amount}>
        <span className="num">{money(order.gross_minor, order.currency)}</span>
        {order.kind === "sale" && order.refunded_minor > 0 && (
          <span className={styles.quiet}>
            {t("tillDesk.day.left", { amount: money(order.net_minor, order.currency) })}
          </span>
        )}
      </span>
    </button>
  );
}
