import { DatePicker, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { CustomField } from "../../api/contract";
import { useSystem } from "../../api/system";
import { minorDigits } from "../../kit/format";
import { useFormat } from "../../kit/useFormat";
import styles from "./customFields.module.css";

export type Asked = Pick<CustomField, "kind" | "choices" | "limits">;

interface Props {
  field: Asked;
  id?: string;
  value?: unknown;
  onChange?: (value: unknown) => void;
  placeholder?: string;
}

/** Where a value of a custom field is filled in, as its kind asks. Values are those that the server keeps. */
export function FieldInput({ field, id, value, onChange, placeholder }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { data: system } = useSystem();
  const digits = minorDigits(system?.currency ?? "CNY");
  const same = { id, placeholder, className: styles.full };
  switch (field.kind) {
    case "long_text":
      return (
        <Input.TextArea
          {...same}
          rows={3}
          maxLength={field.limits.longest ?? 5000}
          value={value as string | undefined}
          onChange={(event) => onChange?.(event.target.value)}
        />
      );
    case "number":
      return (
        <InputNumber
          {...same}
          stringMode
          value={value as string | undefined}
          onChange={(next) => onChange?.(next === null ? null : String(next))}
        />
      );
    case "money":
      return (
        <InputNumber
          {...same}
          precision={digits}
          value={typeof value === "number" ? value / 10 ** digits : undefined}
          onChange={(next) => onChange?.(next === null ? null : Math.round(Number(next) * 10 ** digits))}
        />
      );
    case "date":
      return (
        <DatePicker
          {...same}
          placeholder={placeholder ?? ""}
          value={value ? dayjs(value as string) : null}
          onChange={(next) => onChange?.(next?.format("YYYY-MM-DD") ?? null)}
        />
      );
    case "boolean":
      return (
        <Select
          {...same}
          allowClear
          value={value as boolean | undefined}
          onChange={(next: boolean | undefined) => onChange?.(next ?? null)}
          options={[
            { value: true, label: t("customFields.values.yes") },
            { value: false, label: t("customFields.values.no") },
          ]}
        />
      );
    case "choice":
    case "choices":
      return (
        <Select
          {...same}
          allowClear
          mode={field.kind === "choices" ? "multiple" : undefined}
          value={value as string | undefined}
          onChange={(next: unknown) => onChange?.(next ?? null)}
          showSearch={{ optionFilterProp: "label" }}
          options={field.choices
            .filter((choice) => !choice.is_archived)
            .map((choice) => ({ value: choice.code, label: name(choice.name) }))}
        />
      );
    default:
      return (
        <Input
          {...same}
          maxLength={field.limits.longest ?? (field.kind === "url" ? 500 : 200)}
          value={value as string | undefined}
          onChange={(event) => onChange?.(event.target.value)}
        />
      );
  }
}
