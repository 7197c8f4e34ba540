import { PrinterOutlined } from "@ant-design/icons";
import { Button, Modal, Segmented } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../kit/useFormat";
import { Paper, type PaperWidth } from "./Paper";
import type { ReceiptTold } from "./receiptTold";
import styles from "./till.module.css";
import { useKeys } from "./useKeys";

const place = "shuke.till.paper";

interface Props {
  told: ReceiptTold;
  /** What leads on: the next customer, or back to where the receipt was opened. */
  action: string;
  onClose: () => void;
}

/** What was sold, for the customer to see and take along. One key prints, one key goes on. */
export function ReceiptDialog({ told, action, onClose }: Props) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const [width, setWidth] = useState<PaperWidth>(() => (localStorage.getItem(place) === "58" ? 58 : 80));
  const next = useRef<HTMLButtonElement>(null);
  useKeys({ p: () => window.print() });
  return (
    <Modal
      open
      title={t(told.is_queued ? "till.receipt.kept" : "till.receipt.title")}
      onCancel={onClose}
      mask={{ closable: false }}
      width={440}
      afterOpenChange={(isOpen) => isOpen && next.current?.focus()}
      footer={
        <>
          <Button size="large" icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t("till.receipt.print")}
          </Button>
          <Button ref={next} size="large" type="primary" onClick={onClose}>
            {action}
          </Button>
        </>
      }
    >
      {told.change_minor > 0 && (
        <p className={styles.payable}>
          <span>{t("till.pay.change")}</span> <b className="num">{money(told.change_minor)}</b>
        </p>
      )}
      <Paper told={told} width={width} />
      <Segmented
        className={styles.paper}
        aria-label={t("till.receipt.paper")}
        value={width}
        onChange={(value) => {
          setWidth(value);
          localStorage.setItem(place, String(value));
        }}
        options={([58, 80] as const).map((value) => ({ value, label: t("till.receipt.width", { value }) }))}
      />
    </Modal>
  );
}
