import { expect, test } from "vitest";
import { microOf, moneyOf } from "./cost";

test("a cost comes back as it was written, down to the last millionth", () => {
  expect(microOf(0.01, "CNY")).toBe(1_000_000);
  expect(moneyOf(1_000_000, "CNY")).toBe(0.01);
  expect(microOf(0.00000007, "GBP")).toBe(7);
  expect(microOf(moneyOf(123_456_789, "GBP"), "GBP")).toBe(123_456_789);
  expect(microOf(1, "JPY")).toBe(1_000_000);
});
