import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./form.module.css";
import { type Path, SchemaField } from "./SchemaFields";
import { type Field, oneMore } from "./schema";

interface Props {
  field: Field & { kind: "list" };
  path: Path;
  money: string;
}

/** Several of the same kind, such as the conditions of keeping a level. */
export function Repeated({ field, path, money }: Props) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const rows = (Form.useWatch(path, { form, preserve: true }) as unknown[] | undefined) ?? [];
  const set = (next: unknown[]) => form.setFieldValue(path, next);
  return (
    <Form.Item label={field.label} extra={field.help} className={styles.tight}>
      <div className={styles.rows}>
        {rows.map((_, index) => {
          const nth = index + 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no name of its own but its place
            <div key={index} className={styles.row}>
              <SchemaField
                field={{ ...field.of, label: t("programme.form.nth", { nth }) }}
                path={[...path, index]}
                money={money}
              />
              <Button
                size="small"
                icon={<DeleteOutlined />}
                disabled={rows.length <= field.min}
                aria-label={t("programme.form.removeNth", { nth })}
                onClick={() => set(rows.filter((_row, place) => place !== index))}
              >
                {t("programme.form.remove")}
              </Button>
            </div>
          );
        })}
        {rows.length < (field.max ?? 20) && (
          <Button icon={<PlusOutlined />} onClick={() => set([...rows, oneMore(field)])}>
            {t("programme.form.add")}
          </Button>
        )}
      </div>
    </Form.Item>
  );
}
