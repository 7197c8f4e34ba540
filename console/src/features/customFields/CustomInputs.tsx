import { Form } from "antd";
import { useTranslation } from "react-i18next";
import type { CustomField } from "../../api/contract";
import { useFormat } from "../../kit/useFormat";
import styles from "./customFields.module.css";
import { FieldInput } from "./FieldInput";

interface Props {
  fields: CustomField[];
  /** What a member has by now, for personal fields whose value is not shown. */
  filled?: Record<string, unknown>;
  /** Where in the form the values stand; at its top unless said. */
  under?: string;
}

/** One input for each field, group by group; for forms that sign up or change a member. */
export function CustomInputs({ fields, filled = {}, under }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  return (
    <>
      {fields.map((field, place) => {
        const group = name(field.group);
        const isHidden = field.is_personal && filled[field.key] !== undefined;
        const before = fields[place - 1];
        return (
          <div key={field.key}>
            {group && (!before || name(before.group) !== group) && (
              <div className={styles.group}>{group}</div>
            )}
            <Form.Item
              name={under ? [under, field.key] : field.key}
              label={name(field.label)}
              extra={isHidden ? t("customFields.values.hiddenHelp") : name(field.help) || undefined}
              rules={
                field.is_required && !isHidden
                  ? [{ required: true, message: t("customFields.form.needed") }]
                  : []
              }
            >
              <FieldInput field={field} />
            </Form.Item>
          </div>
        );
      })}
    </>
  );
}
