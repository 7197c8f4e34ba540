import { PrinterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Refunded } from "../../../api/checkout";
import type { Order, Store } from "../../../api/contract";
import { Verdict } from "../../../kit/Verdict";
import styles from "../day/day.module.css";
import { ReceiptDialog } from "../ReceiptDialog";
import { Effect } from "./Effect";
import { refundReceipt } from "./receipt";

interface Props {
  order: Order;
  done: Refunded;
  at: string;
  store: Store;
  cashier: string;
  onBack: () => void;
}

/** What was done, with the receipt for the customer. */
export function RefundDone({ order, done, at, store, cashier, onBack }: Props) {
  const { t } = useTranslation();
  const [isPrinting, setPrinting] = useState(false);
  return (
    <div className={styles.stack}>
      <Verdict
        tone={done.state === "waiting" ? "warn" : "good"}
        title={t(`checkout.refund.state.${done.state}`, { number: done.number })}
      />
      <Effect order={order} effect={done} isSettled />
      <div className={styles.acts}>
        <Button size="large" icon={<PrinterOutlined />} onClick={() => setPrinting(true)}>
          {t("tillDesk.refund.receipt")}
        </Button>
        <Button size="large" type="primary" autoFocus onClick={onBack}>
          {t("tillDesk.refund.next")}
        </Button>
      </div>
      {isPrinting && (
        <ReceiptDialog
          told={refundReceipt(order, done, at, { store: store.name, cashier })}
          action={t("tillDesk.back")}
          onClose={() => setPrinting(false)}
        />
      )}
    </div>
  );
}
