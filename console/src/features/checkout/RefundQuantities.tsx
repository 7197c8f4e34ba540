import { Form, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import type { Order } from "../../api/contract";
import { useFormat } from "../../kit/useFormat";
import styles from "./checkout.module.css";
import { leftOf } from "./refund";

/** How many of each line come back; lines that came back whole are not shown. */
export function RefundQuantities({ order }: { order: Order }) {
  const { t } = useTranslation();
  const { money, quantity } = useFormat();
  const lines = order.lines.filter((line) => leftOf(line) > 0);
  if (lines.length === 0) return <p className={styles.quiet}>{t("checkout.refund.noLines")}</p>;
  return (
    <ul className={`${styles.list} ${styles.refundLines}`}>
      {lines.map((line) => (
        <li key={line.line_no} className={styles.refundLine}>
          <div>
            {line.product.name || line.product.code}
            <div className={styles.quiet}>
              {t("checkout.refund.leftOf", {
                left: quantity(leftOf(line)),
                amount: money(line.amount_minor, order.currency),
              })}
            </div>
          </div>
          <Form.Item name={["quantities", line.line_no]} noStyle>
            <InputNumber
              min={0}
              max={leftOf(line)}
              placeholder="0"
              aria-label={t("checkout.refund.quantityOf", {
                product: line.product.name || line.product.code,
              })}
            />
          </Form.Item>
        </li>
      ))}
    </ul>
  );
}
