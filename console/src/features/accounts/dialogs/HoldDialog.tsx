import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Subject } from "../subject";
import { After } from "./After";
import { AmountField, ReasonField, reasonText } from "./fields";
import { OperationDialog } from "./OperationDialog";
import { accountOf, useOperation } from "./useOperation";
import { useTitleOf } from "./useTitleOf";

const lengths = { quarter: 15, hour: 60, day: 24 * 60, week: 7 * 24 * 60, never: null } as const;
type Length = keyof typeof lengths;

interface Values {
  amount: number;
  length: Length;
  reason?: string;
}

export function HoldDialog({ subject, onClose }: { subject: Subject; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const amount = Form.useWatch("amount", form) ?? 0;
  const { error, isBusy, run } = useOperation(subject, onClose);
  const submit = (values: Values) =>
    run(
      {
        do: "hold",
        body: {
          ...accountOf(subject),
          amount: values.amount,
          minutes: lengths[values.length],
          keep_at_least: 0,
          reason: reasonText(values.reason),
        },
      },
      values.amount,
    );
  return (
    <OperationDialog<Values>
      {...useTitleOf(subject, "hold")}
      submit={t("accounts.action.hold")}
      form={form}
      start={{ length: "day" }}
      error={error}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <AmountField after={<After account={subject.account} change={-amount} />} />
      <Form.Item name="length" label={t("accounts.field.minutes")}>
        <Select
          options={(Object.keys(lengths) as Length[]).map((value) => ({
            value,
            label: t(`accounts.minutes.${value}`),
          }))}
        />
      </Form.Item>
      <ReasonField isNeeded={false} />
    </OperationDialog>
  );
}
