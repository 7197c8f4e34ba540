import { Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { Refusal } from "../../kit/Refusal";

export interface Names {
  code: string;
  zh: string;
  en: string;
}

interface Props {
  title: string;
  action: string;
  start: Names;
  /** Whether a code is asked for, too. */
  isNew: boolean;
  isBusy: boolean;
  error: unknown;
  onSubmit: (names: Names) => void;
  onClose: () => void;
}

/** What a rule is called; and for a new one, its code. */
export function NamesDialog({ title, action, start, isNew, isBusy, error, onSubmit, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Names>();
  return (
    <Modal
      open
      title={title}
      okText={action}
      okButtonProps={{ loading: isBusy }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Names>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={start}
        onFinish={(names) => onSubmit({ ...start, ...names })}
      >
        <NameFields isNew={isNew} />
        <Refusal error={error} />
        <button type="submit" hidden aria-label={t("rules.form.save")} />
      </Form>
    </Modal>
  );
}

export function NameFields({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation();
  const needed = [{ required: true, whitespace: true, message: t("rules.form.needed") }];
  return (
    <>
      <Form.Item name="zh" label={t("rules.form.nameZh")} rules={needed}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="en" label={t("rules.form.nameEn")} rules={needed}>
        <Input maxLength={60} />
      </Form.Item>
      {isNew && (
        <Form.Item
          name="code"
          label={t("rules.form.code")}
          extra={t("rules.form.codeHelp")}
          rules={[{ required: true, pattern: /^[a-z][a-z0-9_-]{0,59}$/, message: t("rules.form.codeHelp") }]}
        >
          <Input maxLength={60} />
        </Form.Item>
      )}
    </>
  );
}
