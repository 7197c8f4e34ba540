import { App, Checkbox, Form, Input, InputNumber, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { CustomField, CustomFieldKind } from "../../api/contract";
import { useChangeFields } from "../../api/customFields";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { ChoiceFields } from "./ChoiceFields";
import styles from "./customFields.module.css";
import { FieldInput } from "./FieldInput";
import { changeOf, startOf, type Values } from "./formValues";

const kinds = [
  "text",
  "long_text",
  "number",
  "money",
  "date",
  "boolean",
  "choice",
  "choices",
  "url",
] as const satisfies readonly CustomFieldKind[];

/** The settings of a field, with the way it will be filled in beside them. */
export function FieldForm({ field, onClose }: { field: CustomField | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const change = useChangeFields();
  const start = startOf(field);
  const written = { ...start, ...(Form.useWatch([], form) as Partial<Values> | undefined) };
  const kind = field?.kind ?? written.kind;
  const body = changeOf(written, kind);
  const submit = () => {
    const said = changeOf({ ...start, ...form.getFieldsValue(true) }, kind);
    const values = form.getFieldsValue(true) as Values;
    change.mutate(
      field
        ? { what: "change", key: field.key, version: field.version, body: said }
        : {
            what: "add",
            body: {
              ...said,
              key: values.key,
              kind,
              is_personal: values.is_personal,
              is_filterable: values.is_filterable && !values.is_personal && kind !== "long_text",
            },
          },
      {
        onSuccess: () => {
          void message.success(t(field ? "customFields.saved" : "customFields.added"));
          onClose();
        },
      },
    );
  };
  const needed = [{ required: true, whitespace: true, message: t("customFields.form.needed") }];
  const isText = kind === "text" || kind === "long_text" || kind === "url";
  const isOrdered = kind === "number" || kind === "money" || kind === "date";
  return (
    <Modal
      open
      width={880}
      title={field ? t("customFields.form.edit", { name: name(field.label) }) : t("customFields.form.add")}
      okText={t("customFields.form.save")}
      cancelText={t("customFields.form.cancel")}
      confirmLoading={change.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <div className={styles.columns}>
        <Form<Values>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={start}
          onFinish={submit}
        >
          <div className={styles.two}>
            <Form.Item name="label_zh" label={t("customFields.form.labelZh")} rules={needed}>
              <Input maxLength={40} />
            </Form.Item>
            <Form.Item name="label_en" label={t("customFields.form.labelEn")} rules={needed}>
              <Input maxLength={40} />
            </Form.Item>
          </div>
          {!field && (
            <div className={styles.two}>
              <Form.Item
                name="kind"
                label={t("customFields.form.kind")}
                extra={t("customFields.form.kindHelp")}
              >
                <Select options={kinds.map((value) => ({ value, label: t(`customFields.kind.${value}`) }))} />
              </Form.Item>
              <Form.Item
                name="key"
                label={t("customFields.form.key")}
                extra={t("customFields.form.keyHelp")}
                rules={[
                  {
                    required: true,
                    pattern: /^[a-z][a-z0-9_]{0,39}$/,
                    message: t("customFields.form.keyWrong"),
                  },
                ]}
              >
                <Input maxLength={40} />
              </Form.Item>
            </div>
          )}
          {(kind === "choice" || kind === "choices") && <ChoiceFields />}
          {isText && (
            <>
              <div className={styles.two}>
                <Form.Item name="shortest" label={t("customFields.form.shortest")}>
                  <InputNumber className={styles.full} min={0} max={5000} precision={0} />
                </Form.Item>
                <Form.Item name="longest" label={t("customFields.form.longest")}>
                  <InputNumber className={styles.full} min={1} max={5000} precision={0} />
                </Form.Item>
              </div>
              <Form.Item
                name="pattern"
                label={t("customFields.form.pattern")}
                extra={t("customFields.form.patternHelp")}
              >
                <Input maxLength={100} />
              </Form.Item>
            </>
          )}
          {isOrdered && (
            <div className={styles.two}>
              {(["low", "high"] as const).map((side) => (
                <Form.Item key={side} name={side} label={t(`customFields.form.${side}`)}>
                  <FieldInput field={{ ...body, kind, choices: [], limits: noLimits }} />
                </Form.Item>
              ))}
            </div>
          )}
          <div className={styles.two}>
            {(["help_zh", "help_en", "group_zh", "group_en"] as const).map((key) => (
              <Form.Item key={key} name={key} label={t(`customFields.form.${camel[key]}`)}>
                <Input maxLength={key.startsWith("help") ? 200 : 40} />
              </Form.Item>
            ))}
          </div>
          <Form.Item name="is_required" valuePropName="checked" noStyle>
            <Checkbox>{t("customFields.form.required")}</Checkbox>
          </Form.Item>
          {!field && (
            <>
              <Form.Item
                name="is_personal"
                valuePropName="checked"
                extra={t("customFields.form.personalHelp")}
                style={{ margin: "8px 0" }}
              >
                <Checkbox>{t("customFields.form.personal")}</Checkbox>
              </Form.Item>
              {!written.is_personal && kind !== "long_text" && (
                <Form.Item name="is_filterable" valuePropName="checked" noStyle>
                  <Checkbox>{t("customFields.form.filterable")}</Checkbox>
                </Form.Item>
              )}
            </>
          )}
          <Refusal error={change.error} />
        </Form>
        <Form layout="vertical" className={styles.preview}>
          <div className={styles.quiet}>{t("customFields.form.preview")}</div>
          <Form.Item
            className={styles.gap}
            htmlFor="field-preview"
            label={name(body.label) || t("customFields.column.field")}
            extra={name({ zh: body.help?.zh ?? "", en: body.help?.en ?? "" })}
            required={written.is_required}
          >
            <FieldInput
              key={kind}
              id="field-preview"
              field={{ kind, limits: noLimits, choices: (body.choices ?? []).map(shownChoice) }}
            />
          </Form.Item>
        </Form>
      </div>
    </Modal>
  );
}

const camel = { help_zh: "helpZh", help_en: "helpEn", group_zh: "groupZh", group_en: "groupEn" } as const;
const noLimits = { shortest: null, longest: null, low: null, high: null, pattern: null };

function shownChoice(one: { code: string; name: { zh: string; en: string }; is_archived?: boolean }) {
  return { code: one.code, name: one.name, is_archived: one.is_archived ?? false };
}
