import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";

interface Props {
  /** Told under the code. Without it no code is asked for. */
  codeHelp?: string;
}

/** The fields of a name in both languages; and for a new thing, of its code. */
export function NameFields({ codeHelp }: Props) {
  const { t } = useTranslation();
  const needed = [{ required: true, whitespace: true, message: t("kit.names.needed") }];
  return (
    <>
      <Form.Item name="zh" label={t("kit.names.zh")} rules={needed}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="en" label={t("kit.names.en")} rules={needed}>
        <Input maxLength={60} />
      </Form.Item>
      {codeHelp && (
        <Form.Item
          name="code"
          label={t("kit.names.code")}
          extra={codeHelp}
          rules={[{ required: true, pattern: /^[a-z][a-z0-9_-]{0,59}$/, message: codeHelp }]}
        >
          <Input maxLength={60} />
        </Form.Item>
      )}
    </>
  );
}
