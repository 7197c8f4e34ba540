import { FilterOutlined } from "@ant-design/icons";
import { Button, Popover } from "antd";
import { useTranslation } from "react-i18next";
import type { CustomField } from "../../api/contract";
import { useFieldsInUse } from "../../api/customFields";
import { useFormat } from "../../kit/useFormat";
import styles from "./customFields.module.css";
import { FieldInput } from "./FieldInput";
import { readFilter, writeFilter } from "./filter";

interface Props {
  value: string;
  onChange: (value: string) => void;
}

/** Narrows a list of members by the fields whose index is ready; shown only where there are any. */
export function CustomFilter({ value, onChange }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const fields = useFieldsInUse().filter((field) => field.index_state === "ready");
  if (fields.length === 0) return null;
  const asked = readFilter(value);
  const ask = (key: string, said: unknown) =>
    onChange(writeFilter({ ...asked, [key]: said === null || said === undefined ? "" : String(said) }));
  const count = Object.keys(asked).length;
  const content = (
    <div className={styles.sheet}>
      {fields.map((field) => (
        <div key={field.key}>
          <div className={styles.quiet}>{name(field.label)}</div>
          {isRange(field) ? (
            <div className={styles.two}>
              {(["min", "max"] as const).map((side) => (
                <FieldInput
                  key={side}
                  field={field}
                  placeholder={t(side === "min" ? "customFields.filter.from" : "customFields.filter.to")}
                  value={read(field, asked[`${field.key}_${side}`])}
                  onChange={(said) => ask(`${field.key}_${side}`, said)}
                />
              ))}
            </div>
          ) : (
            <FieldInput
              field={field}
              value={read(field, asked[field.key])}
              onChange={(said) => ask(field.key, said)}
            />
          )}
        </div>
      ))}
      <Button onClick={() => onChange("")}>{t("customFields.filter.clear")}</Button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomLeft" content={content}>
      <Button icon={<FilterOutlined />}>
        {t("customFields.filter.title")}
        {count > 0 && ` (${count})`}
      </Button>
    </Popover>
  );
}

function isRange(field: CustomField): boolean {
  return field.kind === "number" || field.kind === "money" || field.kind === "date";
}

function read(field: CustomField, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  if (field.kind === "money") return Number(text);
  if (field.kind === "boolean") return text === "true";
  return field.kind === "choices" ? text.split(",") : text;
}
