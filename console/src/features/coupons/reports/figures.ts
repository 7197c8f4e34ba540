import { useTranslation } from "react-i18next";
import type { CouponFigures } from "../../../api/contract";
import { useFormat } from "../../../kit/useFormat";

export type FigureName = keyof CouponFigures;

/** The figures on the cards, in their groups. */
export const groups = {
  issuing: ["issued", "received", "claimed", "voided"],
  using: ["redeemed", "redemption_rate", "returned", "expired"],
  money: ["cost_minor", "orders", "net_sales_minor", "average_order_minor"],
} as const satisfies Record<string, readonly FigureName[]>;

/** The figures of the table, in the order of its columns. */
export const columns = [
  "issued",
  "received",
  "redeemed",
  "returned",
  "expired",
  "discount_minor",
  "cost_minor",
  "orders",
  "net_sales_minor",
  "average_order_minor",
] as const satisfies readonly FigureName[];

/** Each figure as people read it. */
export function useTold(currency: string): (name: FigureName, value: number | null) => string | null {
  const { count, money, wholeMoney, share } = useFormat();
  return (name, value) => {
    if (value === null) return null;
    if (name === "redemption_rate") return share(value, 1);
    if (name === "net_sales_minor" || name === "sales_minor") return wholeMoney(value, currency);
    return name.endsWith("_minor") ? money(value, currency) : count(value);
  };
}

const known = [
  "claim",
  "rule",
  "benefit",
  "staff",
  "api",
  "code",
  "exchange",
  "transfer",
  "lottery",
  "till",
  "pos",
  "console",
] as const;

/** What a row of a report is called; channels that the shop's own systems named keep their names. */
export function usePlaceName() {
  const { t } = useTranslation();
  const { day, name } = useFormat();
  return (by: By, row: { key: string | null; name: Parameters<typeof name>[0] | null }): string => {
    if (row.name) return name(row.name);
    if (row.key === null) return t(`couponReports.noPlace.${by}`);
    if (by === "day") return day(row.key);
    const channel = known.find((one) => one === row.key);
    return by === "channel" && channel ? t(`couponReports.channel.${channel}`) : row.key;
  };
}

export const ways = ["template", "store", "channel", "day"] as const;
export type By = (typeof ways)[number];

/** Whether nothing happened at all. */
export function isNothing(total: CouponFigures): boolean {
  return !total.issued && !total.redeemed && !total.returned && !total.expired && !total.voided;
}
