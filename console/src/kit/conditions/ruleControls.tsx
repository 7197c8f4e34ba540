import { Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type FieldSelectorProps, type OperatorSelectorProps, update } from "react-querybuilder";
import type { FactArgument } from "../../api/contract";
import { useFormat } from "../useFormat";
import styles from "./conditions.module.css";
import { knownOf } from "./context";
import type { EditedRule } from "./tree";

/** Which fact, and what it has to be told: which product, how many days. */
export function FactSelect({
  value,
  handleOnChange,
  disabled,
  context,
  rule,
  path,
  schema,
}: FieldSelectorProps) {
  const { t } = useTranslation();
  const { facts, choices } = knownOf(context);
  const fact = facts.get(value ?? "");
  const given = (rule as EditedRule).arguments ?? {};
  return (
    <>
      <Select
        showSearch={{ optionFilterProp: "label" }}
        className={styles.fact}
        aria-label={t("conditions.fact")}
        popupMatchSelectWidth={false}
        value={value}
        disabled={disabled}
        onChange={handleOnChange}
        options={choices}
      />
      {fact?.arguments.map((argument) => (
        <Argument
          key={argument.name}
          argument={argument}
          value={given[argument.name]}
          isDisabled={disabled ?? false}
          onChange={(said) =>
            schema.dispatchQuery(
              // The library knows a rule's own properties only; it keeps the others as they are.
              update(schema.getQuery(), "arguments" as "value", { ...given, [argument.name]: said }, path),
            )
          }
        />
      ))}
    </>
  );
}

interface ArgumentProps {
  argument: FactArgument;
  value: unknown;
  isDisabled: boolean;
  onChange: (value: unknown) => void;
}

function Argument({ argument, value, isDisabled, onChange }: ArgumentProps) {
  const { name } = useFormat();
  const label = name(argument.label);
  if (argument.type === "text") {
    return (
      <Input
        className={styles.argument}
        placeholder={label}
        aria-label={label}
        maxLength={200}
        disabled={isDisabled}
        value={typeof value === "string" ? value : ""}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <InputNumber
      className={styles.argument}
      placeholder={label}
      aria-label={label}
      title={label}
      precision={0}
      min={argument.low ?? undefined}
      max={argument.high ?? undefined}
      disabled={isDisabled}
      value={typeof value === "number" ? value : null}
      onChange={onChange}
    />
  );
}

export function OperatorSelect({ value, options, handleOnChange, disabled }: OperatorSelectorProps) {
  const { t } = useTranslation();
  return (
    <Select
      className={styles.operator}
      aria-label={t("conditions.operator")}
      popupMatchSelectWidth={false}
      value={value}
      disabled={disabled}
      onChange={handleOnChange}
      options={options.flatMap((one) => ("options" in one ? [] : [{ value: one.name, label: one.label }]))}
    />
  );
}
