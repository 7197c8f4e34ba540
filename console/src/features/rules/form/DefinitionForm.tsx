import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { RuleProblem, RuleSchema } from "../../../api/rules";
import { Card } from "../../../kit/Card";
import { Branches } from "./Branches";
import { DrawingContext } from "./context";
import { ObjectFields } from "./ObjectFields";
import { type Node, ofActivity, type Values } from "./schema";

interface Props {
  schema: RuleSchema;
  problems: RuleProblem[];
  value: Values;
  onChange: (value: Values) => void;
}

const order = ["group", "priority", "stop", "earns_on_points", "earns_on_coupons"];

/** Everything that a rule can say, drawn from the server's schema. */
export function DefinitionForm({ schema, problems, value, onChange }: Props) {
  const { t } = useTranslation();
  const node = schema.definition as Node;
  const defs = useMemo(() => node.$defs ?? {}, [node]);
  const drawing = useMemo(() => ({ schema, defs, problems }), [schema, defs, problems]);
  const fields = (only: string[]) => (
    <ObjectFields
      node={node}
      pointer=""
      value={value}
      onChange={(next) => onChange(ofActivity(value, next))}
      only={only}
    />
  );
  return (
    <DrawingContext.Provider value={drawing}>
      <Card title={t("rules.form.what")}>
        {fields(["activity", "event"])}
        <Branches
          value={(value.branches ?? []) as Values[]}
          onChange={(branches) => onChange({ ...value, branches })}
        />
      </Card>
      <Card title={t("rules.form.who")}>
        <ObjectFields
          node={defs.Schedule ?? {}}
          pointer="/schedule"
          value={(value.schedule ?? {}) as Values}
          onChange={(schedule) => onChange({ ...value, schedule })}
        />
        {fields(["audience"])}
      </Card>
      <Card title={t("rules.form.limits")}>{fields(["caps", "budgets"])}</Card>
      <Card title={t("rules.form.order")}>{fields(order)}</Card>
    </DrawingContext.Provider>
  );
}
