/** Reads a JSON Schema as a form: what kind of field each part is, and which values belong to it. Pure. */

/** A part of a schema, as far as forms know it. `x-` parts are what the server adds for people. */
export interface Node {
  $ref?: string;
  $defs?: Record<string, Node>;
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  additionalProperties?: Node | boolean;
  properties?: Record<string, Node>;
  items?: Node;
  anyOf?: Node[];
  oneOf?: Node[];
  discriminator?: { propertyName: string; mapping: Record<string, string> };
  "x-labels"?: Record<string, string>;
  "x-unit"?: string;
  "x-hidden"?: boolean;
}

export interface Choice {
  value: string;
  label: string;
}

interface Named {
  name: string;
  label: string;
  help?: string;
  start: unknown;
}

export type Field = Named &
  (
    | { kind: "hidden" }
    | { kind: "choice"; choices: Choice[] }
    | { kind: "number"; min?: number; max?: number; unit?: string }
    | { kind: "toggle" }
    | { kind: "text"; maxLength?: number }
    | { kind: "group"; fields: Field[] }
    | { kind: "variants"; by: string; choices: Choice[]; fields: Record<string, Field[]> }
    | { kind: "optional"; of: Field }
    | { kind: "list"; of: Field; min: number; max?: number }
    | { kind: "perLevel" }
  );

/** The fields of an object, in the order of the schema. */
export function fieldsOf(root: Node): Field[] {
  return propertiesOf(root, root);
}

function propertiesOf(node: Node, root: Node, without?: string): Field[] {
  return Object.entries(node.properties ?? {})
    .filter(([name]) => name !== without)
    .map(([name, part]) => fieldOf(name, part, root));
}

function fieldOf(name: string, written: Node, root: Node): Field {
  const node = resolve(written, root);
  const named: Named = {
    name,
    label: node.title ?? name,
    help: node.description,
    start: node.default,
  };
  const something = node.anyOf?.filter((one) => one.type !== "null") ?? [];
  if (node.anyOf && something.length < node.anyOf.length && something[0]) {
    const one = something.length > 1 ? { ...node, anyOf: something } : something[0];
    const of = fieldOf(
      name,
      { ...resolve(one, root), title: node.title, description: node.description },
      root,
    );
    return { ...named, kind: "optional", of, start: node.default ?? null };
  }
  if (node["x-hidden"]) return { ...named, kind: "hidden" };
  if (node.oneOf && node.discriminator) return variants(named, node, root);
  if (node.enum || node.const !== undefined)
    return { ...named, kind: "choice", choices: choicesOf(node), start: node.default ?? node.const };
  if (node.type === "array")
    return {
      ...named,
      kind: "list",
      of: fieldOf(name, node.items ?? {}, root),
      min: node.minItems ?? 0,
      max: node.maxItems,
    };
  if (node.properties) return { ...named, kind: "group", fields: propertiesOf(node, root) };
  if (node.type === "object") return { ...named, kind: "perLevel", start: node.default ?? {} };
  if (node.type === "boolean") return { ...named, kind: "toggle", start: node.default ?? false };
  if (node.type === "integer" || node.type === "number") {
    const min = node.minimum ?? (node.exclusiveMinimum === undefined ? undefined : node.exclusiveMinimum + 1);
    return { ...named, kind: "number", min, max: node.maximum, unit: node["x-unit"] };
  }
  return { ...named, kind: "text", maxLength: node.maxLength };
}

function variants(named: Named, node: Node, root: Node): Field {
  const by = node.discriminator?.propertyName ?? "kind";
  const choices: Choice[] = [];
  const fields: Record<string, Field[]> = {};
  for (const one of node.oneOf ?? []) {
    const variant = resolve(one, root);
    const value = String(variant.properties?.[by]?.const ?? variant.properties?.[by]?.enum?.[0]);
    choices.push({ value, label: variant.title ?? value });
    fields[value] = propertiesOf(variant, root, by);
  }
  return { ...named, kind: "variants", by, choices, fields };
}

function choicesOf(node: Node): Choice[] {
  const values = node.enum ?? [node.const];
  return values.map((value) => ({
    value: String(value),
    label: node["x-labels"]?.[String(value)] ?? String(value),
  }));
}

/** Follows references; what stands beside a reference says more about it. */
function resolve(node: Node, root: Node): Node {
  if (!node.$ref) return node;
  const { $ref, ...beside } = node;
  return { ...resolve(root.$defs?.[$ref.split("/").at(-1) ?? ""] ?? {}, root), ...beside };
}

type Values = Record<string, unknown>;

/** What one more of a list begins with. */
export function oneMore(field: Field & { kind: "list" }): unknown {
  return startOne(field.of);
}

/** The values that a form begins with where nothing was chosen yet. */
export function startOf(fields: Field[]): Values {
  return Object.fromEntries(fields.map((field) => [field.name, startOne(field)]));
}

function startOne(field: Field): unknown {
  if (field.start !== undefined) return field.start;
  if (field.kind === "group") return startOf(field.fields);
  if (field.kind === "variants") return variantStart(field, field.choices[0]?.value ?? "");
  if (field.kind === "choice") return field.choices[0]?.value;
  if (field.kind === "number") return field.min ?? 0;
  if (field.kind === "list") return Array.from({ length: field.min }, () => startOne(field.of));
  return undefined;
}

/** What a variant begins with when somebody chooses it. */
export function variantStart(field: Field & { kind: "variants" }, chosen: string): Values {
  return { [field.by]: chosen, ...startOf(field.fields[chosen] ?? []) };
}

/** What an optional part begins with when somebody wants it. */
export function wantedStart(field: Field & { kind: "optional" }): unknown {
  return startOne(field.of) ?? null;
}

/** The values without what belongs to choices that were not taken. */
export function prune(fields: Field[], values: Values): Values {
  return Object.fromEntries(
    fields
      .map((field) => [field.name, pruneOne(field, values[field.name])] as const)
      .filter(([, value]) => value !== undefined),
  );
}

function pruneOne(field: Field, value: unknown): unknown {
  if (field.kind === "optional")
    return value === null || value === undefined ? null : pruneOne(field.of, value);
  if (value === null || value === undefined) return field.start;
  if (field.kind === "group") return prune(field.fields, value as Values);
  if (field.kind === "list") return (value as unknown[]).map((one) => pruneOne(field.of, one));
  if (field.kind === "variants") {
    const chosen = String((value as Values)[field.by]);
    return { [field.by]: chosen, ...prune(field.fields[chosen] ?? [], value as Values) };
  }
  return value;
}
