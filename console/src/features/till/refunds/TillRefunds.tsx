import { CloudOutlined } from "@ant-design/icons";
import { Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Store } from "../../../api/contract";
import { useOrder } from "../../../api/orders";
import { EmptyState } from "../../../kit/EmptyState";
import { ErrorState } from "../../../kit/ErrorState";
import { Waiting } from "../../../kit/Waiting";
import { DeskBody } from "../day/DeskBody";
import { useConnection } from "../offline/useConnection";
import { FindOrder } from "./FindOrder";
import { RefundChoice } from "./RefundChoice";

interface Props {
  store: Store;
  cashier: string;
  /** The order that is to be refunded, where it is known already. */
  order?: number;
  onClose: () => void;
}

/** Goods that come back: find the order, choose what comes back, see what it does, do it. */
export function TillRefunds({ store, cashier, order, onClose }: Props) {
  const { t } = useTranslation();
  const { isOnline } = useConnection();
  const [chosen, setChosen] = useState<number | null>(order ?? null);
  return (
    <Drawer open size={640} onClose={onClose} title={t("tillDesk.refund.title")} destroyOnHidden>
      <DeskBody>
        {!isOnline ? (
          <EmptyState
            icon={<CloudOutlined />}
            title={t("tillDesk.refund.offline")}
            hint={t("tillDesk.refund.offlineHint")}
          />
        ) : chosen === null ? (
          <FindOrder store={store} onFound={setChosen} />
        ) : (
          <Found
            key={chosen}
            id={chosen}
            store={store}
            cashier={cashier}
            onBack={order === undefined ? () => setChosen(null) : onClose}
          />
        )}
      </DeskBody>
    </Drawer>
  );
}

interface FoundProps {
  id: number;
  store: Store;
  cashier: string;
  onBack: () => void;
}

function Found({ id, store, cashier, onBack }: FoundProps) {
  const order = useOrder(id);
  if (order.isPending) return <Waiting rows={8} />;
  if (order.isError) return <ErrorState error={order.error} onRetry={() => void order.refetch()} />;
  return <RefundChoice order={order.data} store={store} cashier={cashier} onBack={onBack} />;
}
