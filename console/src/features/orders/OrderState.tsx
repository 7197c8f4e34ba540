import { useTranslation } from "react-i18next";
import type { OrderStatus } from "../../api/contract";
import { Swatch, type Tone } from "../../kit/Swatch";

const tones: Record<OrderStatus, Tone> = {
  paid: "good",
  partly_refunded: "warn",
  refunded: "plain",
  refund: "warn",
  adjustment: "plain",
};

export function OrderState({ status }: { status: OrderStatus }) {
  const { t } = useTranslation();
  return <Swatch tone={tones[status]}>{t(`orders.status.${status}`)}</Swatch>;
}
