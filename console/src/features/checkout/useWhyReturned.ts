import { useTranslation } from "react-i18next";
import type { RefundReason } from "../../api/checkout";

/** Why goods came back, in a line; empty where nobody said so. */
export function useWhyReturned() {
  const { t } = useTranslation();
  return (reason: RefundReason | null, note: string | null) =>
    [reason && t(`checkout.refund.reason.${reason}`), note].filter(Boolean).join(" · ");
}
