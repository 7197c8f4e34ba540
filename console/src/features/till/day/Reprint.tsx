import { useTranslation } from "react-i18next";
import type { Store } from "../../../api/contract";
import { useOrder } from "../../../api/orders";
import { ReceiptDialog } from "../ReceiptDialog";
import { saleAgain } from "../refunds/receipt";

interface Props {
  id: number;
  store: Store;
  cashier: string;
  onClose: () => void;
}

/** The receipt of a recorded sale, once more. */
export function Reprint({ id, store, cashier, onClose }: Props) {
  const { t } = useTranslation();
  const { data: order } = useOrder(id);
  if (!order) return null;
  return (
    <ReceiptDialog
      told={saleAgain(order, { store: store.name, cashier })}
      action={t("tillDesk.back")}
      onClose={onClose}
    />
  );
}
