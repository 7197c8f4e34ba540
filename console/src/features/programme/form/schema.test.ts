import { describe, expect, test } from "vitest";
import { fieldsOf, type Node, prune, startOf, variantStart } from "./schema";

const window: Node = {
  oneOf: [{ $ref: "#/$defs/Rolling" }, { $ref: "#/$defs/Lifetime" }],
  discriminator: { propertyName: "kind", mapping: {} },
};
const root: Node = {
  properties: {
    metric: { enum: ["net_spend", "visits"], title: "What counts", "x-labels": { visits: "Visits" } },
    window: { ...window, title: "Window" },
    grace_days: { type: "integer", minimum: 0, maximum: 366, default: 0 },
    keep: { anyOf: [{ $ref: "#/$defs/Keep" }, { type: "null" }], default: null, title: "Keeping" },
    money: { type: "string", "x-hidden": true },
  },
  $defs: {
    Rolling: {
      title: "The last days",
      properties: { kind: { const: "rolling" }, days: { type: "integer", exclusiveMinimum: 0 } },
    },
    Lifetime: { title: "Ever", properties: { kind: { const: "lifetime" } } },
    Keep: { properties: { conditions: { type: "array", items: { $ref: "#/$defs/Rolling" }, maxItems: 3 } } },
  },
};

describe("schema", () => {
  const fields = fieldsOf(root);
  const named = Object.fromEntries(fields.map((field) => [field.name, field]));

  test("reads each part as a field with its label", () => {
    expect(fields.map((field) => [field.name, field.kind, field.label])).toEqual([
      ["metric", "choice", "What counts"],
      ["window", "variants", "Window"],
      ["grace_days", "number", "grace_days"],
      ["keep", "optional", "Keeping"],
      ["money", "hidden", "money"],
    ]);
    expect(named.metric).toMatchObject({
      choices: [
        { value: "net_spend", label: "net_spend" },
        { value: "visits", label: "Visits" },
      ],
    });
    expect(named.window).toMatchObject({
      by: "kind",
      choices: [
        { value: "rolling", label: "The last days" },
        { value: "lifetime", label: "Ever" },
      ],
      fields: { rolling: [{ name: "days", kind: "number", min: 1 }], lifetime: [] },
    });
    expect(named.keep).toMatchObject({
      of: { kind: "group", fields: [{ name: "conditions", kind: "list", max: 3 }] },
    });
  });

  test("begins with defaults and the least that is allowed", () => {
    expect(startOf(fields)).toMatchObject({
      metric: "net_spend",
      window: { kind: "rolling", days: 1 },
      grace_days: 0,
      keep: null,
    });
    if (named.window?.kind === "variants")
      expect(variantStart(named.window, "lifetime")).toEqual({ kind: "lifetime" });
  });

  test("leaves out what belongs to choices that were not taken", () => {
    const values = {
      metric: "visits",
      window: { kind: "lifetime", days: 90 },
      grace_days: 5,
      keep: undefined,
    };
    expect(prune(fields, { ...values, money: "CNY", stray: 1 })).toEqual({
      metric: "visits",
      window: { kind: "lifetime" },
      grace_days: 5,
      keep: null,
      money: "CNY",
    });
  });
});
