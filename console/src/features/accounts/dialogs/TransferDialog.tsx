import { Form } from "antd";
import { useTranslation } from "react-i18next";
import { MemberSelect } from "../MemberSelect";
import type { Subject } from "../subject";
import { After } from "./After";
import { AmountField, ReasonField } from "./fields";
import { OperationDialog } from "./OperationDialog";
import { useOperation } from "./useOperation";
import { useTitleOf } from "./useTitleOf";

interface Values {
  to: number;
  amount: number;
  reason: string;
}

export function TransferDialog({ subject, onClose }: { subject: Subject; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const amount = Form.useWatch("amount", form) ?? 0;
  const { error, isBusy, run } = useOperation(subject, onClose);
  const submit = (values: Values) =>
    run(
      {
        do: "transfer",
        body: {
          from_member: String(subject.member),
          to_member: String(values.to),
          currency: subject.account.currency.code,
          amount: values.amount,
          reason: values.reason.trim(),
        },
      },
      values.amount,
    );
  return (
    <OperationDialog<Values>
      {...useTitleOf(subject, "transfer")}
      submit={t("accounts.action.transfer")}
      form={form}
      error={error}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="to"
        label={t("accounts.field.to")}
        extra={t("accounts.field.toHelp")}
        rules={[{ required: true, message: t("accounts.field.toMissing") }]}
      >
        <MemberSelect without={subject.member} />
      </Form.Item>
      <AmountField after={<After account={subject.account} change={-amount} />} />
      <ReasonField />
    </OperationDialog>
  );
}
