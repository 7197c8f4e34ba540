import { expect, test } from "vitest";
import { readCondition, writeCondition } from "./condition";

const condition = {
  combinator: "and" as const,
  not: false,
  rules: [{ field: "member.points", operator: ">=", value: 100 }],
};

test("what the address holds comes back as it was", () => {
  expect(readCondition(writeCondition(condition))).toEqual(condition);
});

test("nothing at all leaves no trace in the address", () => {
  expect(writeCondition(null)).toBe("");
  expect(writeCondition({ ...condition, rules: [] })).toBe("");
  expect(readCondition("")).toBeNull();
});

test("an address that somebody cut off is no condition", () => {
  expect(readCondition('{"combinator":"and","rules":[')).toBeNull();
  expect(readCondition('"and"')).toBeNull();
  expect(readCondition("null")).toBeNull();
});
