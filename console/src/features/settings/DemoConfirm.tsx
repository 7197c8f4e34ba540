import { Input, Modal } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DemoSwitch, LocalName } from "../../api/contract";
import { useSwitchDemo } from "../../api/demo";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { Beginning, usualBeginning } from "./Beginning";
import styles from "./Demo.module.css";

interface Props {
  to: DemoSwitch["to"];
  shop: LocalName;
  onClose: () => void;
  onStarted: () => void;
}

/** Asks for the name of the shop that goes, and begins. */
export function DemoConfirm({ to, shop, onClose, onStarted }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const field = useId();
  const [typed, setTyped] = useState("");
  const [begun, setBegun] = useState(usualBeginning);
  const start = useSwitchDemo();
  const chosen = to === "empty" ? begun : {};
  const isRight = [shop.zh, shop.en].includes(typed.trim());
  return (
    <Modal
      open
      title={t("settings.demonstration.confirmTitle", { shop: name(shop) })}
      okText={t(`settings.demonstration.option.${to}`)}
      okButtonProps={{ danger: true, disabled: !isRight }}
      cancelText={t("settings.demonstration.keep")}
      confirmLoading={start.isPending}
      onOk={() => start.mutate({ to, confirm: typed.trim(), ...chosen }, { onSuccess: onStarted })}
      onCancel={onClose}
    >
      <div className={styles.stack}>
        <p>{t("settings.demonstration.confirmText")}</p>
        {to === "empty" && <Beginning begun={begun} onChange={setBegun} />}
        <label htmlFor={field}>{t("settings.demonstration.typeName", { shop: name(shop) })}</label>
        <Input
          id={field}
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
        <Refusal error={start.error} />
      </div>
    </Modal>
  );
}
