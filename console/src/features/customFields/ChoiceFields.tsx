import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./customFields.module.css";

/** The answers to choose from. */
export function ChoiceFields() {
  const { t } = useTranslation();
  const needed = [{ required: true, whitespace: true, message: t("customFields.form.needed") }];
  return (
    <Form.Item label={t("customFields.form.choices")}>
      <Form.List name="choices">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <div key={key} className={styles.choice}>
                <Form.Item name={[name, "zh"]} rules={needed} noStyle>
                  <Input placeholder={t("customFields.form.choiceZh")} maxLength={40} />
                </Form.Item>
                <Form.Item name={[name, "en"]} rules={needed} noStyle>
                  <Input placeholder={t("customFields.form.choiceEn")} maxLength={40} />
                </Form.Item>
                <Form.Item
                  name={[name, "code"]}
                  rules={[{ required: true, pattern: /^[a-z][a-z0-9_]{0,39}$/ }]}
                  noStyle
                >
                  <Input placeholder={t("customFields.form.choiceCode")} maxLength={40} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t("organization.relations.remove")}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ zh: "", en: "", code: "" })}>
              {t("customFields.form.addChoice")}
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}
