import type { BulkWish } from "../../../api/bulk";
import type { MembersQuery } from "../../../api/contract";

export type ActionKey = "attribution" | "status" | "points" | "coupon" | "field";

/** Whom something is done to: members picked one by one, or all that a list shows. */
export type Whom = { members: string[] } | { filters: MembersQuery };

export interface Values {
  store_id?: number;
  employee_id?: number;
  status?: "active" | "frozen";
  amount?: number;
  currency?: string;
  template?: string;
  key?: string;
  value?: unknown;
  reason: string;
}

const said: Record<ActionKey, readonly (keyof Values)[]> = {
  attribution: ["store_id", "employee_id"],
  status: ["status"],
  points: ["amount", "currency"],
  coupon: ["template"],
  field: ["key", "value"],
};

/** What the form says, as the server wants it: what was left open is left out. */
export function toWish(action: ActionKey, whom: Whom, values: Values): BulkWish {
  const named = said[action].map((key) => [key, values[key]] as const);
  const parameters = Object.fromEntries(named.filter(([, value]) => value !== undefined && value !== null));
  if (action === "field" && !("value" in parameters)) parameters.value = null;
  const meant =
    "members" in whom ? { members: whom.members } : { filters: whom.filters as BulkWish["filters"] };
  return { action, parameters, reason: values.reason.trim(), ...meant };
}
