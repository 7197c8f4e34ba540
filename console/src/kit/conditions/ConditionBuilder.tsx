import { useMemo } from "react";
import { QueryBuilder, type RuleGroupType, type RuleType } from "react-querybuilder";
import { Refused } from "../../api/client";
import type { ConditionScope, Fact } from "../../api/contract";
import { useFacts } from "../../api/facts";
import { ErrorState } from "../ErrorState";
import { useFormat } from "../useFormat";
import { Waiting } from "../Waiting";
import { ConditionSentence } from "./ConditionText";
import styles from "./conditions.module.css";
import type { Known } from "./context";
import { AddGroup, AddRule, Combinator, NotToggle, RemoveGroup, RemoveRule } from "./groupControls";
import { FactSelect, OperatorSelect } from "./ruleControls";
import { type Condition, firstValue, isEmpty, toCondition, toQuery } from "./tree";
import { useChecked } from "./useChecked";
import { ValueEditor } from "./ValueEditor";

interface Props {
  scope: ConditionScope;
  /** null: no limits. */
  value: Condition | null;
  onChange: (value: Condition | null) => void;
  isDisabled?: boolean;
}

const controls = {
  addGroupAction: AddGroup,
  addRuleAction: AddRule,
  combinatorSelector: Combinator,
  fieldSelector: FactSelect,
  notToggle: NotToggle,
  operatorSelector: OperatorSelect,
  removeGroupAction: RemoveGroup,
  removeRuleAction: RemoveRule,
  valueEditor: ValueEditor,
};
const classes = {
  queryBuilder: styles.builder,
  ruleGroup: styles.group,
  header: styles.header,
  body: styles.body,
  rule: styles.rule,
};

/** Puts a condition together out of facts, and says in words what it means. */
export function ConditionBuilder({ scope, value, onChange, isDisabled = false }: Props) {
  const { data, error, refetch } = useFacts(scope);
  const { language } = useFormat();
  const checked = useChecked(scope, value);
  const facts = useMemo(() => new Map(data?.items.map((fact) => [fact.name, fact])), [data]);
  const fields = useMemo(() => grouped(data?.items ?? [], language === "en" ? "en" : "zh"), [data, language]);
  const query = useMemo(() => toQuery(value), [value]);

  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting rows={2} minHeight={80} />;

  const errors = checked.error instanceof Refused ? (checked.error.problem.errors ?? []) : [];
  const context: Known = { facts, choices: fields, money: data.money ?? "CNY", errors };
  return (
    <div className={styles.whole}>
      <QueryBuilder
        fields={fields}
        query={query}
        onQueryChange={changed}
        context={context}
        controlElements={controls}
        controlClassnames={classes}
        suppressStandardClassnames
        showNotToggle
        listsAsArrays
        resetOnFieldChange
        resetOnOperatorChange
        addRuleToNewGroups
        maxLevels={data.deepest}
        disabled={isDisabled}
        getOperators={(field) => operatorsOf(facts.get(field), language === "en" ? "en" : "zh")}
        getDefaultOperator={(field) => facts.get(field)?.operators[0]?.name ?? "="}
        getDefaultValue={(rule: RuleType) => firstValue(facts.get(rule.field), rule.operator)}
      />
      <ConditionSentence checked={checked} isEmpty={isEmpty(value)} />
    </div>
  );

  function changed(next: RuleGroupType) {
    const condition = toCondition(next, facts);
    // The editor tells its beginning too, as if it were a change.
    if (JSON.stringify(condition) !== JSON.stringify(toCondition(query, facts))) onChange(condition);
  }
}

function operatorsOf(fact: Fact | undefined, language: "zh" | "en") {
  return (fact?.operators ?? []).map(({ name, label }) => ({ name, value: name, label: label[language] }));
}

function grouped(facts: readonly Fact[], language: "zh" | "en") {
  const groups = new Map<
    string,
    { label: string; options: { name: string; value: string; label: string }[] }
  >();
  for (const fact of facts) {
    const label = fact.group[language];
    const group = groups.get(label) ?? { label, options: [] };
    group.options.push({ name: fact.name, value: fact.name, label: fact.label[language] });
    groups.set(label, group);
  }
  return [...groups.values()];
}
