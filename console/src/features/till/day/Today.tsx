import { CloudOutlined, PrinterOutlined, RollbackOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderRow, Store } from "../../../api/contract";
import { useOrders } from "../../../api/orders";
import { useSystem } from "../../../api/system";
import { EmptyState } from "../../../kit/EmptyState";
import { ErrorState } from "../../../kit/ErrorState";
import { Waiting } from "../../../kit/Waiting";
import { useConnection } from "../offline/useConnection";
import styles from "./day.module.css";
import { OrderButton } from "./OrderButton";
import { TakingsCard } from "./TakingsCard";

interface Props {
  store: Store;
  onReprint: (order: OrderRow) => void;
  onRefund: (order: OrderRow) => void;
}

/** What the server has of today at this store. */
export function Today({ store, onReprint, onRefund }: Props) {
  const { t } = useTranslation();
  const { isOnline } = useConnection();
  if (!isOnline) {
    return (
      <EmptyState
        icon={<CloudOutlined />}
        title={t("tillDesk.day.offline")}
        hint={t("tillDesk.day.offlineHint")}
      />
    );
  }
  return (
    <div className={styles.stack}>
      <TakingsCard store={store} />
      <h3 className={styles.heading}>{t("tillDesk.day.orders")}</h3>
      <Orders store={store} onReprint={onReprint} onRefund={onRefund} />
    </div>
  );
}

function Orders({ store, onReprint, onRefund }: Props) {
  const { t } = useTranslation();
  const { data: system } = useSystem();
  const [cursors, setCursors] = useState<(string | undefined)[]>([undefined]);
  const [open, setOpen] = useState<number | null>(null);
  const query = { store: store.id, from: system?.today, to: system?.today, limit: 30 };
  const page = useOrders({ ...query, cursor: cursors.at(-1) }, system !== undefined);
  if (page.isPending) return <Waiting rows={6} />;
  if (page.isError) return <ErrorState error={page.error} onRetry={() => void page.refetch()} />;
  const { items, next } = page.data;
  if (items.length === 0)
    return <EmptyState title={t("tillDesk.day.none")} hint={t("tillDesk.day.noneHint")} />;
  return (
    <>
      <ul className={styles.list} data-refreshing={page.isPlaceholderData}>
        {items.map((order) => (
          <li key={order.id}>
            <OrderButton
              order={order}
              onOpen={() => setOpen((now) => (now === order.id ? null : order.id))}
            />
            {open === order.id && order.kind === "sale" && (
              <div className={styles.acts}>
                <Button size="large" icon={<PrinterOutlined />} onClick={() => onReprint(order)}>
                  {t("tillDesk.day.reprint")}
                </Button>
                <Button
                  size="large"
                  icon={<RollbackOutlined />}
                  disabled={order.net_minor <= 0}
                  onClick={() => onRefund(order)}
                >
                  {t("tillDesk.refund.open")}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      <div className={styles.acts}>
        {cursors.length > 1 && (
          <Button onClick={() => setCursors((now) => now.slice(0, -1))}>{t("tillDesk.day.newer")}</Button>
        )}
        {next && (
          <Button onClick={() => setCursors((now) => [...now, next])}>{t("tillDesk.day.older")}</Button>
        )}
      </div>
    </>
  );
}
