import type { Texts } from "../zh";

export const rankings: Texts["rankings"] = {
  title: "Rankings",
  purpose: "How stores and employees do, beside the period of the same length before.",
  compared: "{{from}} to {{to}}, beside {{previousFrom}} to {{previousTo}}",
  stores: "Stores",
  employees: "Employees",
  by: "Ranked by",
  column: { rank: "Rank", store: "Store", employee: "Employee", region: "Region", ofStore: "Store" },
  figure: {
    net_sales_minor: "Net sales",
    members_gained: "New members",
    orders: "Orders",
    average_order_minor: "Average order",
    returning_share: "Returning orders",
  },
  explain: {
    net_sales_minor: "Sales received, less refunds. For employees: the orders that name them at the till.",
    members_gained: "Members who joined in this period and came to them.",
    orders: "Orders received, without refunds.",
    average_order_minor: "Net sales divided by orders.",
    returning_share: "Of all orders by members: those of members who had bought before.",
  },
  chart: "Top ten: {{figure}}",
  now: "This period",
  previous: "Period before",
  new: "New here",
  up: "Up {{count}}",
  down: "Down {{count}}",
  same: "Same place",
  gone: "Left or closed",
  empty: {
    title: "Nothing in this period yet",
    hint: "Try another period. Employees appear once orders or members name them.",
  },
};
