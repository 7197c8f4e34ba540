import { Form } from "antd";
import { useTranslation } from "react-i18next";
import type { Subject } from "../subject";
import { After } from "./After";
import { AmountField, ReasonField, reasonText } from "./fields";
import { OperationDialog } from "./OperationDialog";
import { accountOf, useOperation } from "./useOperation";
import { useTitleOf } from "./useTitleOf";

interface Values {
  amount: number;
  reason?: string;
}

export function UseDialog({ subject, onClose }: { subject: Subject; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const amount = Form.useWatch("amount", form) ?? 0;
  const { error, isBusy, run } = useOperation(subject, onClose);
  return (
    <OperationDialog<Values>
      {...useTitleOf(subject, "use")}
      submit={t("accounts.action.use")}
      form={form}
      error={error}
      isBusy={isBusy}
      onSubmit={(values) =>
        run(
          {
            do: "use",
            body: {
              ...accountOf(subject),
              amount: values.amount,
              keep_at_least: 0,
              reason: reasonText(values.reason),
            },
          },
          values.amount,
        )
      }
      onClose={onClose}
    >
      <AmountField after={<After account={subject.account} change={-amount} />} />
      <ReasonField isNeeded={false} />
    </OperationDialog>
  );
}
