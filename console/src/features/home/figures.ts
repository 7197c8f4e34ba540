import type { Dashboard, FigureKey } from "../../api/contract";
import type { TextKey } from "../../i18n/keys";

export const figureKeys = [
  "members",
  "active_members",
  "new_members",
  "repurchase_rate",
  "sales_minor",
  "orders",
  "average_order_minor",
  "member_sales_share",
  "points_issued",
  "points_used",
  "points_expired",
  "points_outstanding",
] as const satisfies readonly FigureKey[];

/** These are a state at the end of the period, not something that happened within it. */
export const isAtEnd: ReadonlySet<FigureKey> = new Set(["members", "points_outstanding"]);

export const isShare: ReadonlySet<FigureKey> = new Set(["repurchase_rate", "member_sales_share"]);

export function ordersOf({ period }: Dashboard): string {
  return `/sales/orders?from=${period.from}&to=${period.to}`;
}

/** The list behind a figure. */
export function listOf(key: FigureKey, dashboard: Dashboard): { to: string; label: TextKey } {
  const { period } = dashboard;
  if (key === "members") return { to: "/members", label: "home.list.members" };
  if (key === "new_members") {
    const joined = `joined_from=${period.from}&joined_to=${period.to}`;
    return { to: `/members?${joined}&sort=-joined_at`, label: "home.list.new_members" };
  }
  if (key === "active_members" || key === "repurchase_rate") {
    return { to: `/members?last_order_from=${period.from}`, label: "home.list.active_members" };
  }
  if (key.startsWith("points_")) {
    return { to: "/members?points_min=1&sort=-points_available", label: "home.list.points" };
  }
  return { to: ordersOf(dashboard), label: "home.list.orders" };
}
