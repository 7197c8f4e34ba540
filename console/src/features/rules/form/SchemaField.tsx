import { Form, Input, InputNumber, Select, Switch } from "antd";
import dayjs from "dayjs";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { minorDigits } from "../../../kit/format";
import { useFormat } from "../../../kit/useFormat";
import { TemplateSelect } from "../../coupons/issue/TemplateSelect";
import { DayField } from "../DayField";
import { useDrawing } from "./context";
import { ListField } from "./ListField";
import { labelOf, type Node, optionsOf, plain, type Values } from "./schema";
import { TierFactors } from "./TierFactors";
import { ValuesField } from "./ValuesField";

const Condition = lazy(() => import("./ConditionField").then((file) => ({ default: file.ConditionField })));

interface Props {
  name: string;
  node: Node;
  pointer: string;
  value: unknown;
  /** The object that the field stands in: some fields depend on others. */
  beside: Values;
  onChange: (value: unknown) => void;
}

/** One field of a rule, drawn from the schema: label, control, and what is wrong with it. */
export function SchemaField(props: Props) {
  const { defs, problems } = useDrawing();
  const { language } = useFormat();
  const node = plain(props.node, defs);
  const wrong = problems.find((problem) => problem.pointer === props.pointer);
  return (
    <Form.Item
      label={labelOf(node, language)}
      htmlFor={props.pointer}
      validateStatus={wrong ? "error" : undefined}
      help={wrong?.detail}
    >
      <Control {...props} node={node} value={props.value ?? node.default} />
    </Form.Item>
  );
}

function Control({ name, node, pointer, value, beside, onChange }: Props) {
  const { schema, defs } = useDrawing();
  const { language, name: named } = useFormat();
  const { t } = useTranslation();
  switch (node.control) {
    case "condition":
      return (
        <Suspense fallback={null}>
          <Condition scope={name === "audience" ? "earning" : "lines"} value={value} onChange={onChange} />
        </Suspense>
      );
    case "coupon":
      return <TemplateSelect id={pointer} value={(value ?? "") as string} onChange={onChange} />;
    case "currency":
      return (
        <Select
          id={pointer}
          value={value as string}
          onChange={onChange}
          options={schema.currencies.map((one) => ({ value: one.code, label: named(one.label) }))}
        />
      );
    case "money":
      return <Money id={pointer} currency={schema.money} value={value} onChange={onChange} />;
    case "tiers":
      return <TierFactors value={(value ?? {}) as Record<string, number>} onChange={onChange} />;
    case "by":
      return <ValuesField id={pointer} by={String(beside.by ?? "")} value={value} onChange={onChange} />;
  }
  if (node.type === "array") {
    const item = plain(node.items ?? {}, defs);
    if (item.properties) {
      return (
        <ListField
          node={node}
          item={item}
          pointer={pointer}
          value={(value ?? []) as Values[]}
          onChange={onChange}
        />
      );
    }
    const hours = Array.from({ length: 24 }, (_none, hour) => ({
      value: hour,
      label: `${hour}:00–${hour}:59`,
    }));
    return (
      <Select
        id={pointer}
        mode="multiple"
        allowClear
        value={(value ?? []) as number[]}
        onChange={(chosen: number[]) => onChange([...chosen].sort((one, other) => one - other))}
        options={node.choices ? optionsOf(node.choices, language) : hours}
        placeholder={t("rules.form.none")}
      />
    );
  }
  if (node.choices) {
    return (
      <Select
        id={pointer}
        value={value as string}
        onChange={onChange}
        options={optionsOf(node.choices, language)}
      />
    );
  }
  if (node.type === "boolean") {
    return <Switch id={pointer} checked={Boolean(value)} onChange={onChange} />;
  }
  if (node.type === "integer" || node.type === "number") {
    return (
      <InputNumber
        id={pointer}
        min={node.minimum}
        max={node.maximum}
        precision={node.type === "integer" ? 0 : 2}
        value={value as number | null}
        onChange={onChange}
        style={{ width: "100%" }}
      />
    );
  }
  if (node.format === "date") {
    return (
      <DayField
        id={pointer}
        value={value ? dayjs(value as string) : null}
        onChange={(day) => onChange(day?.format("YYYY-MM-DD") ?? null)}
      />
    );
  }
  return (
    <Input
      id={pointer}
      maxLength={node.maxLength}
      value={(value ?? "") as string}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

interface MoneyProps {
  id: string;
  /** Where no label stands beside the field. */
  label?: string;
  currency: string;
  value: unknown;
  onChange: (minor: number | null) => void;
}

/** An amount as people write it; the rule holds minor units. */
export function Money({ id, label, currency, value, onChange }: MoneyProps) {
  const digits = minorDigits(currency);
  return (
    <InputNumber
      id={id}
      aria-label={label}
      min={0}
      precision={digits}
      suffix={currency}
      value={typeof value === "number" ? value / 10 ** digits : null}
      onChange={(amount) => onChange(amount === null ? null : Math.round(amount * 10 ** digits))}
      style={{ width: "100%" }}
    />
  );
}
