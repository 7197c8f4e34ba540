import type { MembersQuery } from "../../api/contract";
import { minorDigits } from "../../kit/format";
import { keysetDefaults } from "../../kit/keysetState";
import { asNumber } from "../../kit/urlState";
import { customQuery } from "../customFields/filter";

export const memberListDefaults = {
  q: "",
  tier: "",
  store: "",
  status: "",
  spend_min: "",
  spend_max: "",
  points_min: "",
  points_max: "",
  orders_min: "",
  orders_max: "",
  last_order_from: "",
  last_order_to: "",
  joined_from: "",
  joined_to: "",
  employee: "",
  region: "",
  custom: "",
  condition: "",
  sort: "",
  preview: "",
  ...keysetDefaults,
};

export type MemberListState = typeof memberListDefaults;

export const filterKeys = [
  "q",
  "tier",
  "store",
  "status",
  "spend_min",
  "spend_max",
  "points_min",
  "points_max",
  "orders_min",
  "orders_max",
  "last_order_from",
  "last_order_to",
  "joined_from",
  "joined_to",
  "employee",
  "region",
  "custom",
  "condition",
] as const satisfies readonly (keyof MemberListState)[];

export function hasFilters(state: MemberListState): boolean {
  return filterKeys.some((key) => state[key] !== "");
}

export const noFilters = Object.fromEntries(
  [...filterKeys, "cursor"].map((key) => [key, ""]),
) as Partial<MemberListState>;

/** People write whole amounts in the address and in the form; the server counts in minor units. */
export function membersQuery(state: MemberListState, currency: string): MembersQuery {
  const minor = (text: string) => {
    const value = asNumber(text);
    return value === undefined ? undefined : Math.round(value * 10 ** minorDigits(currency));
  };
  return withoutGaps({
    q: state.q.trim() || undefined,
    tier: state.tier || undefined,
    store: asNumber(state.store),
    status: (state.status || undefined) as MembersQuery["status"],
    spend_min: minor(state.spend_min),
    spend_max: minor(state.spend_max),
    points_min: asNumber(state.points_min),
    points_max: asNumber(state.points_max),
    orders_min: asNumber(state.orders_min),
    orders_max: asNumber(state.orders_max),
    last_order_from: state.last_order_from || undefined,
    last_order_to: state.last_order_to || undefined,
    joined_from: state.joined_from || undefined,
    joined_to: state.joined_to || undefined,
    employee: asNumber(state.employee),
    region: asNumber(state.region),
    ...customQuery(state.custom),
    condition: state.condition || undefined,
    sort: state.sort || undefined,
    limit: asNumber(state.limit),
    cursor: state.cursor || undefined,
  });
}

function withoutGaps(query: MembersQuery): MembersQuery {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
