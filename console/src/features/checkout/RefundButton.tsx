import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Order } from "../../api/contract";
import { useMay } from "../../api/session";
import { RefundDrawer } from "./RefundDrawer";

/** Opens the refund of a sale, as long as there is something left to refund. */
export function RefundButton({ order }: { order: Order }) {
  const { t } = useTranslation();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  // The drawer stays with its answer when the refund has left nothing.
  const isShown = order.net_minor > 0 && may("orders.write");
  return (
    <>
      {isShown && <Button onClick={() => setOpen(true)}>{t("checkout.refund.open")}</Button>}
      {isOpen && <RefundDrawer order={order} onClose={() => setOpen(false)} />}
    </>
  );
}
