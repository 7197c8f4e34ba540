import { Form } from "antd";
import type { Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import type { Subject } from "../subject";
import { After } from "./After";
import { AmountField, DayField, dayText, ReasonField } from "./fields";
import { OperationDialog } from "./OperationDialog";
import { accountOf, useOperation } from "./useOperation";
import { useTitleOf } from "./useTitleOf";

interface Values {
  amount: number;
  reason: string;
  expiresOn?: Dayjs | null;
  availableOn?: Dayjs | null;
}

export function GiveDialog({ subject, onClose }: { subject: Subject; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const amount = Form.useWatch("amount", form) ?? 0;
  const availableOn = Form.useWatch("availableOn", form);
  const { error, isBusy, run } = useOperation(subject, onClose);
  const submit = (values: Values) =>
    run(
      {
        do: "give",
        body: {
          ...accountOf(subject),
          amount: values.amount,
          reason: values.reason.trim(),
          expires_on: dayText(values.expiresOn),
          available_on: dayText(values.availableOn),
        },
      },
      values.amount,
    );
  return (
    <OperationDialog<Values>
      {...useTitleOf(subject, "give")}
      submit={t("accounts.action.give")}
      form={form}
      error={error}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <AmountField after={!availableOn && <After account={subject.account} change={amount} />} />
      <ReasonField />
      <DayField name="expiresOn" />
      <DayField name="availableOn" />
    </OperationDialog>
  );
}
