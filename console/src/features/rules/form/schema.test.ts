import { describe, expect, it } from "vitest";
import { labelOf, type Node, ofActivity, plain, startOf, tidied } from "./schema";

const step: Node = { type: "object", properties: { points: { type: "integer" } } };

describe("a rule's schema", () => {
  it("is read through references and what may be left out", () => {
    const node: Node = {
      anyOf: [{ $ref: "#/$defs/Step" }, { type: "null" }],
      titles: { zh: "档", en: "Step" },
    };

    expect(plain(node, { Step: step })).toEqual({ ...step, titles: { zh: "档", en: "Step" } });
  });

  it("speaks the person's language", () => {
    expect(labelOf({ titles: { zh: "上限", en: "Limit" } }, "en")).toBe("Limit");
    expect(labelOf({ titles: { zh: "上限", en: "Limit" } }, "zh-CN")).toBe("上限");
  });

  it("gives what a new part begins with", () => {
    const kind: Node = {
      properties: {
        kind: { const: "fixed", default: "fixed" },
        currency: { default: "points" },
        points: { type: "integer" },
        per_minor: { default: null },
      },
    };

    expect(startOf(kind)).toEqual({ kind: "fixed", currency: "points" });
  });
});

describe("a definition that is sent", () => {
  it("leaves out what was emptied, and keeps conditions as they are", () => {
    const when = {
      combinator: "and",
      not: false,
      rules: [{ field: "member.tier", operator: "=", value: "" }],
    };

    const sent = tidied({
      group: "",
      audience: null,
      branches: [{ when, effects: [{ points: 1, note: null }] }],
    });

    expect(sent).toEqual({ branches: [{ when, effects: [{ points: 1 }] }] });
  });

  it("keeps zero and false", () => {
    expect(tidied({ priority: 0, stop: false })).toEqual({ priority: 0, stop: false });
  });
});

it("an activity without an amount gives as such what was given for amounts, and nothing else changes", () => {
  const perAmount = { kind: "per_amount", currency: "growth", points: 1, per_minor: 100 };
  const coupon = { kind: "coupon", template: "ten-off" };
  const order = {
    activity: "order_paid",
    priority: 3,
    branches: [{ when: null, effects: [perAmount, coupon] }],
  };
  const fixed = { kind: "fixed", currency: "growth", points: 10 };

  expect(ofActivity(order, { ...order, activity: "sign_up" })).toEqual({
    activity: "sign_up",
    priority: 3,
    branches: [{ when: null, effects: [fixed, coupon] }],
  });
  // What somebody changes otherwise stays as they put it.
  expect(ofActivity(order, { ...order, priority: 4 })).toEqual({ ...order, priority: 4 });
  const other = { ...order, activity: "review" };
  expect(ofActivity(other, order)).toEqual(order);
});
