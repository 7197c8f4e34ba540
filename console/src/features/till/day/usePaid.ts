import { useTranslation } from "react-i18next";
import { useFormat } from "../../../kit/useFormat";
import { methods } from "../wish";

/** The name of a way of payment; a word of another till stays as it is. */
export function useMethodName(): (method: string) => string {
  const { t } = useTranslation();
  return (method) => {
    const known = methods.find((one) => one === method);
    return known ? t(`till.method.${known}`) : method;
  };
}

/** How an order was paid, in one line. */
export function usePaid() {
  const { money } = useFormat();
  const methodName = useMethodName();
  return (payments: { method: string; amount_minor: number }[], currency: string) =>
    payments.map((one) => `${methodName(one.method)} ${money(one.amount_minor, currency)}`).join(" · ");
}
