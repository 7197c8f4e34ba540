import { DeleteOutlined } from "@ant-design/icons";
import { Button, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../kit/EmptyState";
import { useFormat } from "../../kit/useFormat";
import { totalOf } from "./sale";
import styles from "./till.module.css";
import type { HeldSale } from "./useHeld";

interface Props {
  held: HeldSale[];
  onTake: (one: HeldSale) => void;
  onDrop: (one: HeldSale) => void;
  onClose: () => void;
}

/** Sales that were set aside, to go on with. */
export function HeldDialog({ held, onTake, onDrop, onClose }: Props) {
  const { t } = useTranslation();
  const { money, since } = useFormat();
  return (
    <Modal open title={t("till.held.title")} footer={null} width={480} onCancel={onClose}>
      {held.length === 0 && <EmptyState title={t("till.held.empty")} hint={t("till.held.emptyHint")} />}
      <ul className={styles.held}>
        {held.map((one, place) => (
          <li key={one.at}>
            <Button size="large" block autoFocus={place === 0} onClick={() => onTake(one)}>
              <span className={styles.name}>
                {one.sale.lines.map((line) => line.name).join(t("products.between"))}
              </span>
              <span className="num">
                {since(one.at)} · {money(totalOf(one.sale.lines))}
              </span>
            </Button>
            <Button
              size="large"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t("till.held.drop")}
              onClick={() => onDrop(one)}
            />
          </li>
        ))}
      </ul>
    </Modal>
  );
}
