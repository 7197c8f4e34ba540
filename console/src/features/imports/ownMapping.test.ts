import { expect, test } from "vitest";
import { dateFormats, isWhole, mappingOf } from "./ownMapping";

const columns = { number: "no", placed_at: "day", product: "sku", quantity: "qty", unit_price: "price" };

test("a mapping needs number, day, product, quantity and price", () => {
  expect(isWhole(columns)).toBe(true);
  expect(isWhole({ ...columns, quantity: "" })).toBe(false);
});

test("what was left open stays out of the mapping", () => {
  const made = mappingOf("My till", "own-1", { ...columns, store: "" }, "dmy", " R ");
  expect(made.columns).toEqual(columns);
  expect(made.refund_prefix).toBe("R");
  expect(mappingOf("My till", "own-1", columns, "dmy", "").refund_prefix).toBeNull();
});

test("each order of day and month is read with and without a time", () => {
  expect(dateFormats("mdy").slice(0, 3)).toEqual(["%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y"]);
});
