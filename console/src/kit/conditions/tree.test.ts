import { expect, test } from "vitest";
import type { Fact } from "../../api/contract";
import { type Condition, complaintsAt, firstValue, pointerOf, toCondition, toQuery } from "./tree";

const name = { zh: "名", en: "name" };
const operator = (code: string, wants: Fact["operators"][number]["wants"]) => ({
  name: code,
  label: name,
  wants,
});

const fact = (code: string, said: Partial<Fact> = {}): Fact => ({
  name: code,
  type: "number",
  label: name,
  group: name,
  unit: null,
  low: null,
  high: null,
  scopes: ["earning"],
  operators: [operator(">=", "one"), operator("between", "two"), operator("null", "none")],
  arguments: [],
  choices: null,
  ...said,
});

const days = { name: "days", type: "number" as const, label: name, is_required: false, low: 1, high: 3660 };
const facts = new Map(
  [fact("member.points"), fact("history.order_count", { arguments: [days] })].map((one) => [one.name, one]),
);

test("a condition comes back from the editor as it went in, without what the editor added", () => {
  const condition: Condition = {
    combinator: "or",
    not: true,
    rules: [
      { field: "member.points", operator: ">=", value: 5 },
      {
        combinator: "and",
        not: false,
        rules: [
          { field: "history.order_count", operator: "between", value: [1, 3], arguments: { days: 90 } },
        ],
      },
    ],
  };
  const query = structuredClone(toQuery(condition));
  query.id = "editor";

  expect(toCondition(query, facts)).toEqual(condition);
});

test("groups without a rule are left out, and nothing at all is no condition", () => {
  const empty = { combinator: "and", not: false, rules: [] };

  expect(toCondition({ ...empty, rules: [{ ...empty, rules: [empty] }] }, facts)).toBeNull();
  expect(toCondition(toQuery(null), facts)).toBeNull();
});

test("what a fact is not told, or was told before it was another fact, is left out", () => {
  const rule = { field: "member.points", operator: ">=", value: 1, arguments: { days: 3 } };
  const untold = { field: "history.order_count", operator: "null", value: "x", arguments: { days: null } };

  expect(toCondition({ combinator: "and", rules: [rule, untold] }, facts)).toEqual({
    combinator: "and",
    not: false,
    rules: [
      { field: "member.points", operator: ">=", value: 1 },
      { field: "history.order_count", operator: "null" },
    ],
  });
});

test("a new comparison begins with what its operator wants", () => {
  const chosen = fact("member.tier", {
    type: "text",
    operators: [operator("=", "one"), operator("in", "many")],
    choices: [{ value: "gold", label: name }],
  });

  expect(firstValue(chosen, "=")).toBe("gold");
  expect(firstValue(chosen, "in")).toEqual([]);
  expect(firstValue(fact("a"), "between")).toEqual([null, null]);
  expect(firstValue(fact("a"), "null")).toBeNull();
});

test("each rule hears what is wrong with it, and a group only what is wrong with the group", () => {
  const errors = [
    { pointer: "/condition/rules/1/rules/0/value", detail: "value" },
    { pointer: "/condition/rules/1", detail: "group" },
    { pointer: "/condition/rules/10/field", detail: "other" },
  ];

  expect(pointerOf([1, 0])).toBe("/condition/rules/1/rules/0");
  expect(complaintsAt([1, 0], errors)).toEqual(["value"]);
  expect(complaintsAt([1], errors)).toEqual(["group"]);
  expect(complaintsAt([], errors)).toEqual([]);
});
