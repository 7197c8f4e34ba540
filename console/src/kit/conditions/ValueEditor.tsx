import { DatePicker, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { ValueEditorProps } from "react-querybuilder";
import type { Fact } from "../../api/contract";
import { minorDigits } from "../format";
import { useFormat } from "../useFormat";
import styles from "./conditions.module.css";
import { knownOf } from "./context";
import { operatorOf } from "./tree";

/** What a fact is compared with, in the form that the fact and the operator want. */
export function ValueEditor({ value, handleOnChange, operator, field, context, disabled }: ValueEditorProps) {
  const { t } = useTranslation();
  const { facts, money } = knownOf(context);
  const fact = facts.get(field);
  const wants = operatorOf(fact, operator)?.wants;
  if (!fact || !wants || wants === "none") return null;
  const common = { fact, money, isDisabled: disabled ?? false };
  if (wants === "days") {
    return (
      <InputNumber
        className={styles.number}
        aria-label={t("conditions.value")}
        suffix={t("conditions.days")}
        precision={0}
        min={1}
        max={3660}
        disabled={disabled}
        value={typeof value === "number" ? value : null}
        onChange={handleOnChange}
      />
    );
  }
  if (wants === "many") return <Several {...common} value={value} onChange={handleOnChange} />;
  if (wants === "one") {
    return <One {...common} label={t("conditions.value")} value={value} onChange={handleOnChange} />;
  }
  const [low, high] = Array.isArray(value) ? value : [null, null];
  return (
    <span className={styles.pair}>
      <One
        {...common}
        label={t("conditions.from")}
        value={low}
        onChange={(next) => handleOnChange([next, high])}
      />
      <span>{t("conditions.to")}</span>
      <One
        {...common}
        label={t("conditions.to")}
        value={high}
        onChange={(next) => handleOnChange([low, next])}
      />
    </span>
  );
}

interface OneProps {
  fact: Fact;
  money: string;
  value: unknown;
  isDisabled: boolean;
  onChange: (value: unknown) => void;
}

function One({ fact, money, value, isDisabled, onChange, label }: OneProps & { label: string }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const common = { "aria-label": label, disabled: isDisabled };
  if (fact.choices) {
    return (
      <Select
        {...common}
        showSearch={{ optionFilterProp: "label" }}
        className={styles.value}
        popupMatchSelectWidth={false}
        value={value ?? undefined}
        onChange={onChange}
        options={fact.choices.map((choice) => ({ value: choice.value, label: name(choice.label) }))}
      />
    );
  }
  switch (fact.type) {
    case "boolean":
      return (
        <Select
          {...common}
          className={styles.number}
          value={value === true}
          onChange={onChange}
          options={[
            { value: true, label: t("conditions.yes") },
            { value: false, label: t("conditions.no") },
          ]}
        />
      );
    case "date":
      return (
        <DatePicker
          {...common}
          value={typeof value === "string" && value ? dayjs(value) : null}
          onChange={(day) => onChange(day ? day.format("YYYY-MM-DD") : null)}
        />
      );
    case "money":
      return <Money {...common} money={money} value={value} onChange={onChange} />;
    case "number":
    case "decimal":
      return (
        <InputNumber
          {...common}
          className={styles.number}
          precision={fact.type === "number" ? 0 : undefined}
          min={fact.low ?? undefined}
          max={fact.high ?? undefined}
          suffix={fact.unit ? name(fact.unit) : undefined}
          value={value === null || value === undefined || value === "" ? null : Number(value)}
          onChange={onChange}
        />
      );
    default:
      return (
        <Input
          {...common}
          className={styles.value}
          maxLength={200}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

interface MoneyProps {
  "aria-label": string;
  disabled: boolean;
  money: string;
  value: unknown;
  onChange: (value: number | null) => void;
}

/** People write pounds or yuan; the condition holds pence or fen. */
function Money({ money, value, onChange, ...common }: MoneyProps) {
  const scale = 10 ** minorDigits(money);
  return (
    <InputNumber
      {...common}
      className={styles.number}
      prefix={money}
      precision={minorDigits(money)}
      value={typeof value === "number" ? value / scale : null}
      onChange={(amount) => onChange(amount === null ? null : Math.round(amount * scale))}
    />
  );
}

function Several({ fact, money, value, isDisabled, onChange }: OneProps) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const scale = fact.type === "money" ? 10 ** minorDigits(money) : 1;
  const isNumber = fact.type === "number" || fact.type === "decimal" || fact.type === "money";
  const values: unknown[] = Array.isArray(value) ? value : [];
  if (fact.choices) {
    return (
      <Select
        mode="multiple"
        className={styles.several}
        aria-label={t("conditions.value")}
        disabled={isDisabled}
        optionFilterProp="label"
        value={values}
        onChange={onChange}
        options={fact.choices.map((choice) => ({ value: choice.value, label: name(choice.label) }))}
      />
    );
  }
  return (
    <Select
      mode="tags"
      open={false}
      suffixIcon={null}
      className={styles.several}
      aria-label={t("conditions.value")}
      placeholder={t("conditions.several")}
      disabled={isDisabled}
      tokenSeparators={[",", "，", "、"]}
      value={values.map((one) => (isNumber ? String(Number(one) / scale) : String(one)))}
      onChange={(texts: string[]) => onChange(isNumber ? numbers(texts, scale) : texts)}
    />
  );
}

function numbers(texts: readonly string[], scale: number): number[] {
  const read = texts.map((text) => Number(text) * scale).filter((value) => Number.isFinite(value));
  return scale === 1 ? read : read.map(Math.round);
}
