import type { RuleGroupType, RuleType } from "react-querybuilder";
import type { Fact, FactOperator } from "../../api/contract";

/** A comparison with a fact, as the server keeps it. */
export interface ConditionRule {
  field: string;
  operator: string;
  value?: unknown;
  arguments?: Record<string, unknown>;
  type?: string;
}

/** Rules and groups of which all hold, or any. */
export interface Condition {
  combinator: "and" | "or";
  not: boolean;
  rules: (ConditionRule | Condition)[];
}

/** A rule in the editor: the same, with what the fact has to be told. */
export type EditedRule = RuleType & { arguments?: Record<string, unknown> };

const nothing: RuleGroupType = { combinator: "and", not: false, rules: [] };

/** Whether there is nothing to be met. */
export function isEmpty(condition: Condition | null): boolean {
  return condition === null || condition.rules.length === 0;
}

/** A condition as the editor wants it. */
export function toQuery(condition: Condition | null): RuleGroupType {
  return condition ? (condition as RuleGroupType) : nothing;
}

/** What the editor holds as a condition; groups without a rule are left out, and nothing at all is null. */
export function toCondition(query: RuleGroupType, facts: ReadonlyMap<string, Fact>): Condition | null {
  const rules = query.rules.flatMap((part): (ConditionRule | Condition)[] => {
    if (typeof part === "string") return [];
    if (!("rules" in part)) return [toRule(part, facts.get(part.field))];
    const group = toCondition(part, facts);
    return group ? [group] : [];
  });
  return rules.length === 0
    ? null
    : { combinator: query.combinator === "or" ? "or" : "and", not: query.not ?? false, rules };
}

function toRule(rule: EditedRule, fact: Fact | undefined): ConditionRule {
  const told: ConditionRule = { field: rule.field, operator: rule.operator };
  if (operatorOf(fact, rule.operator)?.wants !== "none") told.value = rule.value;
  const given = (fact?.arguments ?? [])
    .map(({ name }) => [name, rule.arguments?.[name]] as const)
    .filter(([, value]) => value !== undefined && value !== null && value !== "");
  if (given.length > 0) told.arguments = Object.fromEntries(given);
  return told;
}

export function operatorOf(fact: Fact | undefined, name: string): FactOperator | undefined {
  return fact?.operators.find((operator) => operator.name === name);
}

/** What a rule begins with when its fact or its operator was chosen. */
export function firstValue(fact: Fact | undefined, operator: string): unknown {
  switch (operatorOf(fact, operator)?.wants) {
    case "one":
      if (fact?.type === "boolean") return true;
      return fact?.choices?.[0]?.value ?? (fact?.type === "text" || fact?.type === "choices" ? "" : null);
    case "two":
      return [null, null];
    case "many":
      return [];
    case "days":
      return 30;
    default:
      return null;
  }
}

/** The place of a rule as the server names it: [0, 1] is /condition/rules/0/rules/1. */
export function pointerOf(path: readonly number[]): string {
  return `/condition${path.map((step) => `/rules/${step}`).join("")}`;
}

/** What is wrong at a place, or within a rule there; what is wrong inside a group's rules is told with them. */
export function complaintsAt(
  path: readonly number[],
  errors: readonly { pointer: string; detail: string }[],
): string[] {
  const here = pointerOf(path);
  return errors
    .filter(({ pointer }) => {
      if (!pointer.startsWith(here)) return false;
      const rest = pointer.slice(here.length);
      return rest === "" || (rest.startsWith("/") && !/^\/rules\/\d/.test(rest));
    })
    .map(({ detail }) => detail);
}
