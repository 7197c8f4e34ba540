import { expect, test } from "vitest";
import type { ApiKey } from "../../api/apiKeys";
import { changesOf, valuesOf, wishOf } from "./formValues";
import { stateOf } from "./stateOf";

const row: ApiKey = {
  id: 3,
  name: "till",
  prefix: "sk_3_",
  scopes: ["orders.write"],
  store_ids: [2],
  addresses: [],
  must_sign: false,
  requests_per_minute: null,
  created_by: { code: "staff:1", name: "A" },
  created_at: "2026-11-22T00:00:00Z",
  expires_at: null,
  disabled_at: null,
  is_live: true,
  last_used_at: null,
  last_address: "",
  older_secret_ends_at: null,
};

test("what is not touched is not changed", () => {
  expect(changesOf(row, valuesOf(row))).toEqual({});
});

test("only what was touched is asked for", () => {
  const values = { ...valuesOf(row), name: " till 2 ", isNarrowed: false };
  expect(changesOf(row, values)).toEqual({ name: "till 2", store_ids: null });
});

test("a new key is for all stores unless stores are chosen", () => {
  expect(wishOf({ ...valuesOf(undefined), name: "x", stores: ["4"] }).store_ids).toBeNull();
  expect(wishOf({ ...valuesOf(undefined), isNarrowed: true, stores: ["4"] }).store_ids).toEqual([4]);
});

test("a key is live, disabled or expired", () => {
  expect(stateOf(row)).toBe("live");
  expect(stateOf({ is_live: false, disabled_at: "2026-11-22T00:00:00Z" })).toBe("disabled");
  expect(stateOf({ is_live: false, disabled_at: null })).toBe("expired");
});
