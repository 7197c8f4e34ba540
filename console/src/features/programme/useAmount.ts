import { useTranslation } from "react-i18next";
import type { Tiers } from "../../api/contract";
import { useFormat } from "../../kit/useFormat";

export type Unit = Tiers["scheme"]["unit"];

/** Figures of tiers in whatever they are counted: money, orders, days, growth, points. */
export function useAmount(): (value: number, unit: Unit, currency: string) => string {
  const { t } = useTranslation();
  const { count, money, wholeMoney } = useFormat();
  return (value, unit, currency) => {
    if (unit !== "money") return t(`programme.amount.${unit}`, { value: count(value) });
    return value % 100 === 0 ? wholeMoney(value, currency) : money(value, currency);
  };
}
