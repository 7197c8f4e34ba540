import { Form, Input, InputNumber, Segmented, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { minorDigits } from "../../../kit/format";
import styles from "./form.module.css";
import { PerLevel } from "./PerLevel";
import { Repeated } from "./Repeated";
import { type Choice, type Field, variantStart, wantedStart } from "./schema";

export type Path = (string | number)[];

interface Props {
  fields: Field[];
  path: Path;
  /** In what the shop counts money. */
  money: string;
}

/** Fields as a schema has them, whatever the schema is: a new choice on the server needs no change here. */
export function SchemaFields({ fields, path, money }: Props) {
  return fields.map((field) => (
    <SchemaField key={field.name} field={field} path={[...path, field.name]} money={money} />
  ));
}

interface One<Kind extends Field["kind"] = Field["kind"]> {
  field: Field & { kind: Kind };
  path: Path;
  money: string;
}

export function SchemaField({ field, path, money }: One) {
  if (field.kind === "variants") return <Variants field={field} path={path} money={money} />;
  if (field.kind === "optional") return <Optional field={field} path={path} money={money} />;
  if (field.kind === "perLevel") return <PerLevel field={field} path={path} money={money} />;
  if (field.kind === "list") return <Repeated field={field} path={path} money={money} />;
  if (field.kind === "group")
    return (
      <fieldset className={styles.group}>
        <legend>{field.label}</legend>
        <SchemaFields fields={field.fields} path={path} money={money} />
      </fieldset>
    );
  return <Plain field={field} path={path} money={money} />;
}

function Plain({ field, path, money }: One) {
  const { t } = useTranslation();
  if (field.kind === "hidden") return null;
  const shared = { name: path, label: field.label, extra: field.help };
  const needed = [{ required: true, message: t("programme.form.needed") }];
  if (field.kind === "choice") {
    const options = field.choices;
    return (
      <Form.Item {...shared} rules={needed}>
        {isShort(options) ? (
          <Segmented options={options} className={styles.segments} />
        ) : (
          <Select options={options} />
        )}
      </Form.Item>
    );
  }
  if (field.kind === "toggle")
    return (
      <Form.Item {...shared} valuePropName="checked">
        <Switch />
      </Form.Item>
    );
  if (field.kind === "number")
    return (
      <Form.Item {...shared} rules={needed} {...(field.unit === "money" ? inMoney(money) : {})}>
        <InputNumber
          className={styles.full}
          min={field.min}
          max={field.max}
          precision={field.unit === "money" ? minorDigits(money) : 0}
        />
      </Form.Item>
    );
  return (
    <Form.Item {...shared}>
      <Input maxLength={field.kind === "text" ? field.maxLength : undefined} />
    </Form.Item>
  );
}

/** Few enough words to stand beside each other on a phone. */
function isShort(options: Choice[]): boolean {
  return options.length <= 3 && options.reduce((sum, one) => sum + one.label.length, 0) <= 30;
}

/** Amounts are kept in the smallest unit, and typed in the one that people speak of. */
export function inMoney(money: string) {
  const unit = 10 ** minorDigits(money);
  return {
    getValueProps: (value: number | null | undefined) => ({
      value: value === null || value === undefined ? value : value / unit,
    }),
    normalize: (value: number | null) => (value === null ? null : Math.round(value * unit)),
  };
}

/** One choice, and the fields that go with it. */
function Variants({ field, path, money }: One<"variants">) {
  const form = Form.useFormInstance();
  const by = [...path, field.by];
  const chosen = Form.useWatch(by, form) as string | undefined;
  return (
    <>
      <Form.Item name={by} label={field.label} extra={field.help}>
        <Select
          options={field.choices}
          onChange={(value: string) => form.setFieldValue(path, variantStart(field, value))}
        />
      </Form.Item>
      <div className={styles.inset}>
        <SchemaFields fields={field.fields[chosen ?? ""] ?? []} path={path} money={money} />
      </div>
    </>
  );
}

/** A part that may be left out: an empty field, or, where it has parts itself, a switch with them below. */
function Optional({ field, path, money }: One<"optional">) {
  if (field.of.kind === "choice")
    return (
      <Form.Item name={path} label={field.label} extra={field.help} normalize={(value) => value ?? null}>
        <Select allowClear options={field.of.choices} />
      </Form.Item>
    );
  if (field.of.kind === "text")
    return (
      <Form.Item name={path} label={field.label} extra={field.help} normalize={(value) => value || null}>
        <Input allowClear maxLength={field.of.maxLength} />
      </Form.Item>
    );
  return <Switched field={field} path={path} money={money} />;
}

function Switched({ field, path, money }: One<"optional">) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const value = Form.useWatch(path, { form, preserve: true }) as unknown;
  const isWanted = value !== null && value !== undefined;
  return (
    <>
      <Form.Item label={field.label} extra={field.help} className={isWanted ? styles.tight : undefined}>
        <Switch
          checked={isWanted}
          checkedChildren={t("programme.form.own")}
          unCheckedChildren={t("programme.form.none")}
          onChange={(wanted) => form.setFieldValue(path, wanted ? wantedStart(field) : null)}
        />
      </Form.Item>
      {isWanted && (
        <div className={styles.inset}>
          <SchemaField field={{ ...field.of, label: "", help: undefined }} path={path} money={money} />
        </div>
      )}
    </>
  );
}
