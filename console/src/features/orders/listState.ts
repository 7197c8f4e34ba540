import type { OrdersQuery } from "../../api/contract";
import { keysetDefaults } from "../../kit/keysetState";
import { asNumber } from "../../kit/urlState";

export const orderListDefaults = {
  q: "",
  kind: "",
  store: "",
  from: "",
  to: "",
  sort: "",
  preview: "",
  ...keysetDefaults,
};

export type OrderListState = typeof orderListDefaults;

const filterKeys = ["q", "kind", "store", "from", "to"] as const satisfies readonly (keyof OrderListState)[];

export function hasFilters(state: OrderListState): boolean {
  return filterKeys.some((key) => state[key] !== "");
}

export const noFilters = Object.fromEntries(
  [...filterKeys, "cursor"].map((key) => [key, ""]),
) as Partial<OrderListState>;

export function ordersQuery(state: OrderListState): OrdersQuery {
  const query: OrdersQuery = {
    q: state.q.trim() || undefined,
    kind: (state.kind || undefined) as OrdersQuery["kind"],
    store: asNumber(state.store),
    from: state.from || undefined,
    to: state.to || undefined,
    sort: (state.sort || undefined) as OrdersQuery["sort"],
    limit: asNumber(state.limit),
    cursor: state.cursor || undefined,
  };
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
