import { Button, Form, type FormInstance, Modal } from "antd";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "../../../kit/Refusal";
import styles from "./dialogs.module.css";

interface Props<Values> {
  title: string;
  submit: string;
  lead?: ReactNode;
  form: FormInstance<Values>;
  start?: Partial<Values>;
  error: unknown;
  isBusy: boolean;
  onSubmit: (values: Values) => void;
  onClose: () => void;
  children: ReactNode;
}

/** One thing that is asked of the ledger. What the server refuses is told here, and what was typed stays. */
export function OperationDialog<Values extends object>(props: Props<Values>) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Modal
      open
      title={props.title}
      onCancel={props.onClose}
      width={480}
      mask={{ closable: false }}
      // The dialog takes the keyboard for itself while it opens; people want to type at once.
      afterOpenChange={(isOpen) => isOpen && firstField(id)?.focus()}
      footer={
        <>
          <Button onClick={props.onClose}>{t("accounts.dialog.cancel")}</Button>
          <Button type="primary" htmlType="submit" form={id} loading={props.isBusy}>
            {props.submit}
          </Button>
        </>
      }
    >
      {props.lead && <div className={styles.lead}>{props.lead}</div>}
      <Form<Values>
        id={id}
        form={props.form}
        layout="vertical"
        requiredMark={false}
        initialValues={props.start as object}
        onFinish={props.onSubmit}
      >
        {props.children}
      </Form>
      <Refusal error={props.error} />
    </Modal>
  );
}

function firstField(id: string): HTMLElement | null | undefined {
  return document.getElementById(id)?.querySelector<HTMLElement>("input:not([type=radio]), textarea");
}
