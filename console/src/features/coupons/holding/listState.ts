import type { HeldCouponState, HeldCouponsQuery } from "../../../api/heldCoupons";
import { keysetDefaults } from "../../../kit/keysetState";
import { asNumber } from "../../../kit/urlState";

export const heldListDefaults = {
  q: "",
  template: "",
  state: "",
  batch: "",
  store: "",
  from: "",
  to: "",
  preview: "",
  ...keysetDefaults,
};

export type HeldListState = typeof heldListDefaults;

export const states = ["issued", "locked", "redeemed", "expired", "void", "given"] as const;

const filterKeys = [
  "q",
  "template",
  "state",
  "batch",
  "store",
  "from",
  "to",
] as const satisfies readonly (keyof HeldListState)[];

export function hasFilters(state: HeldListState): boolean {
  return filterKeys.some((key) => state[key] !== "");
}

export const noFilters = Object.fromEntries(
  [...filterKeys, "cursor"].map((key) => [key, ""]),
) as Partial<HeldListState>;

export function heldQuery(state: HeldListState): HeldCouponsQuery {
  const chosen = states.filter((one) => one === state.state) as HeldCouponState[];
  const query: HeldCouponsQuery = {
    q: state.q.trim() || undefined,
    template: state.template || undefined,
    state: chosen.length > 0 ? chosen : undefined,
    batch: asNumber(state.batch),
    store: asNumber(state.store),
    from: state.from || undefined,
    to: state.to || undefined,
    limit: asNumber(state.limit),
    cursor: state.cursor || undefined,
  };
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
