import { MinusOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Order } from "../../../api/contract";
import { useFormat } from "../../../kit/useFormat";
import { leftOf, type RefundValues } from "../../checkout/refund";
import styles from "../day/day.module.css";

interface Props {
  order: Order;
  quantities: RefundValues["quantities"];
  onChange: (line: number, quantity: number) => void;
}

/** How many of each line come back, with buttons for a thumb; lines that came back whole are not shown. */
export function Quantities({ order, quantities, onChange }: Props) {
  const { t } = useTranslation();
  const { money, quantity } = useFormat();
  const lines = order.lines.filter((line) => leftOf(line) > 0);
  if (lines.length === 0) return <p className={styles.quiet}>{t("checkout.refund.noLines")}</p>;
  return (
    <ul className={styles.list}>
      {lines.map((line) => {
        const name = line.product.name || line.product.code;
        const left = leftOf(line);
        const now = quantities[line.line_no] ?? 0;
        const step = (by: number) =>
          onChange(line.line_no, Math.min(left, Math.max(0, Math.round((now + by) * 1000) / 1000)));
        return (
          <li key={line.line_no} className={styles.line}>
            <span className={styles.what}>
              {name}
              <span className={styles.quiet}>
                {t("checkout.refund.leftOf", {
                  left: quantity(left),
                  amount: money(line.amount_minor, order.currency),
                })}
              </span>
            </span>
            <span className={styles.steps}>
              <Button
                size="large"
                icon={<MinusOutlined />}
                disabled={now <= 0}
                aria-label={t("tillDesk.refund.less", { product: name })}
                onClick={() => step(-1)}
              />
              <output className="num">{quantity(now)}</output>
              <Button
                size="large"
                icon={<PlusOutlined />}
                disabled={now >= left}
                aria-label={t("tillDesk.refund.more", { product: name })}
                onClick={() => step(1)}
              />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
