import { Form, Radio } from "antd";
import { useTranslation } from "react-i18next";
import type { Entry } from "../../../api/contract";
import type { Subject } from "../subject";
import { AmountField, ReasonField } from "./fields";
import { OperationDialog } from "./OperationDialog";
import { accountOf, useOperation } from "./useOperation";

interface Values {
  part: "whole" | "part";
  amount?: number;
  reason: string;
}

interface Props {
  subject: Subject;
  entry: Entry;
  onClose: () => void;
  onDone: () => void;
}

export function ReverseDialog({ subject, entry, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const isPart = Form.useWatch("part", form) === "part";
  const most = Math.abs(entry.amount);
  const { error, isBusy, run } = useOperation(subject, () => {
    onClose();
    onDone();
  });
  const submit = ({ amount, reason }: Values) =>
    run(
      {
        do: "reverse",
        body: {
          ...accountOf(subject),
          operation: entry.operation.key,
          amount: amount ?? null,
          reason: reason.trim(),
        },
      },
      amount ?? most,
    );
  return (
    <OperationDialog<Values>
      title={t("accounts.dialog.reverse")}
      lead={entry.explanation.text}
      submit={t("accounts.action.reverse")}
      form={form}
      start={{ part: "whole" }}
      error={error}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="part" label={t("accounts.field.part")}>
        <Radio.Group
          options={[
            { value: "whole", label: t("accounts.field.whole") },
            { value: "part", label: t("accounts.field.onlyPart") },
          ]}
        />
      </Form.Item>
      {isPart && <AmountField most={most} />}
      <ReasonField />
    </OperationDialog>
  );
}
