import { Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderPoints as Moved, Order } from "../../api/contract";
import { useFormat } from "../../kit/useFormat";
import { Why } from "../../kit/Why";
import styles from "./orders.module.css";

const known = ["points", "growth"] as const;

export function OrderPoints({ order }: { order: Order }) {
  const { t } = useTranslation();
  const { signed } = useFormat();
  const [asked, setAsked] = useState<Moved | null>(null);
  if (order.points.length === 0) {
    return (
      <div className={styles.quiet}>
        {t(order.member ? "orders.detail.noPoints" : "orders.detail.guestPoints")}
      </div>
    );
  }
  const accountName = (code: string) => {
    const account = known.find((one) => one === code);
    return account ? t(`orders.detail.account.${account}`) : code;
  };
  return (
    <>
      <ul className={styles.moved}>
        {order.points.map((moved) => (
          <li key={`${moved.account}${moved.amount}${moved.explanation?.text}`}>
            <div className={styles.cardLine}>
              <span>{accountName(moved.account)}</span>
              <button type="button" className={styles.ask} onClick={() => setAsked(moved)}>
                {signed(moved.amount)}
              </button>
            </div>
            {moved.explanation && <div className={styles.quiet}>{moved.explanation.text}</div>}
          </li>
        ))}
      </ul>
      <Drawer
        open={asked !== null}
        onClose={() => setAsked(null)}
        size={560}
        title={asked && t("members.points.whyTitle", { amount: signed(asked.amount) })}
      >
        {asked && <Why explanation={asked.explanation} currency={order.currency} />}
      </Drawer>
    </>
  );
}
