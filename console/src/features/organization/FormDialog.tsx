import { Form, type FormInstance, Modal } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "../../kit/Refusal";

interface Props<Values> {
  title: string;
  form: FormInstance<Values>;
  start: Partial<Values>;
  error: unknown;
  isBusy: boolean;
  submit?: string;
  onSubmit: (values: Values) => void;
  onClose: () => void;
  children: ReactNode;
}

/** A small form above the page; what the server refuses is told inside it. */
export function FormDialog<Values extends object>(props: Props<Values>) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={props.title}
      okText={props.submit ?? t("organization.stores.form.save")}
      cancelText={t("organization.stores.form.cancel")}
      confirmLoading={props.isBusy}
      onOk={() => props.form.submit()}
      onCancel={props.onClose}
      destroyOnHidden
    >
      <Form<Values>
        form={props.form}
        layout="vertical"
        requiredMark={false}
        initialValues={props.start}
        onFinish={props.onSubmit}
      >
        {props.children}
      </Form>
      <Refusal error={props.error} />
    </Modal>
  );
}
