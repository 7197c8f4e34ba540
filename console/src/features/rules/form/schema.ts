import type { Language } from "../../../i18n/i18n";

export interface Choice {
  value: string | number;
  zh: string;
  en: string;
}

/** As much of JSON Schema as rules use, with the labels that the server adds. */
export interface Node {
  type?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Node[];
  oneOf?: Node[];
  items?: Node;
  properties?: Record<string, Node>;
  additionalProperties?: Node | boolean;
  required?: string[];
  $ref?: string;
  $defs?: Record<string, Node>;
  titles?: { zh: string; en: string };
  title?: string;
  choices?: Choice[];
  control?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  maxLength?: number;
}

export type Values = { [field: string]: unknown };

/** The node itself: what it refers to, without the possibility of being left out. */
export function plain(node: Node, defs: Record<string, Node>): Node {
  if (node.$ref) return { ...plain(defs[node.$ref.replace("#/$defs/", "")] ?? {}, defs), ...without(node) };
  const other = node.anyOf?.find((one) => one.type !== "null");
  if (node.anyOf && other) {
    const { anyOf: _all, ...rest } = node;
    return { ...plain(other, defs), ...rest };
  }
  return node;
}

function without({ $ref: _ref, ...rest }: Node): Node {
  return rest;
}

export function labelOf(node: Node, language: Language): string {
  return node.titles?.[language === "en" ? "en" : "zh"] ?? node.title ?? "";
}

export function optionsOf(choices: Choice[], language: Language) {
  return choices.map((one) => ({ value: one.value, label: language === "en" ? one.en : one.zh }));
}

/** What an object of a schema begins with: what is usual, and nothing that nobody has said. */
export function startOf(node: Node): Values {
  const fields = Object.entries(node.properties ?? {});
  return Object.fromEntries(
    fields.flatMap(([name, field]) => {
      if (field.const !== undefined) return [[name, field.const]];
      return field.default === undefined || field.default === null ? [] : [[name, field.default]];
    }),
  );
}

/** A definition for another activity: without an order there is no amount, so what was given for one is given as such. */
export function ofActivity(definition: Values, next: Values): Values {
  const { activity } = next;
  if (activity === definition.activity || activity === "order_paid") return next;
  const branches = (next.branches ?? []) as Values[];
  return { ...next, branches: branches.map((one) => ({ ...one, effects: fixedOf(one) })) };
}

function fixedOf(branch: Values): Values[] {
  const effects = (branch.effects ?? []) as Values[];
  return effects.map((one) =>
    one.kind === "per_amount" ? { kind: "fixed", currency: one.currency, points: 10 } : one,
  );
}

/** A definition as it is sent: what was emptied is left out, all the way down. */
export function tidied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidied);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value)
    .filter(([, one]) => one !== null && one !== undefined && one !== "")
    .map(([name, one]) => [name, name === "when" || name === "audience" ? one : tidied(one)]);
  return Object.fromEntries(kept);
}
