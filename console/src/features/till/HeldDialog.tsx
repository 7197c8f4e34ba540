import { DeleteOutlined } from "@ant-design/icons";
import { Button, Modal } from "antd";
import { useTranslation } from "react-i18next";
import type { Store } from "../../api/contract";
import { EmptyState } from "../../kit/EmptyState";
import { useFormat } from "../../kit/useFormat";
import type { HeldSale } from "./held";
import { totalOf } from "./sale";
import styles from "./till.module.css";

interface Props {
  held: HeldSale[];
  store: Store;
  onTake: (one: HeldSale) => Promise<void>;
  onDrop: (one: HeldSale) => Promise<unknown>;
  onClose: () => void;
}

/** Sales that were set aside, to go on with. */
export function HeldDialog({ held, store, onTake, onDrop, onClose }: Props) {
  const { t } = useTranslation();
  const { money, since } = useFormat();
  return (
    <Modal open title={t("till.held.title")} footer={null} width={480} onCancel={onClose}>
      {held.length === 0 && <EmptyState title={t("till.held.empty")} hint={t("till.held.emptyHint")} />}
      {held.length > 0 && (
        <p className={styles.quiet}>{t("till.held.here", { count: held.length, store: store.name })}</p>
      )}
      <ul className={styles.held}>
        {held.map((one, place) => (
          <li key={one.id}>
            <Button size="large" block autoFocus={place === 0} onClick={() => void onTake(one)}>
              <span className={styles.name}>
                {one.sale.lines.map((line) => line.name).join(t("products.between"))}
              </span>
              <span className="num">
                {one.by} · {since(one.at)} · {money(totalOf(one.sale.lines))}
              </span>
            </Button>
            <Button
              size="large"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t("till.held.drop")}
              onClick={() => void onDrop(one)}
            />
          </li>
        ))}
      </ul>
    </Modal>
  );
}
