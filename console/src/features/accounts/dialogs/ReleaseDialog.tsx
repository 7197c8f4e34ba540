import { Form, Radio } from "antd";
import { useTranslation } from "react-i18next";
import type { Hold } from "../../../api/contract";
import { useFormat } from "../../../kit/useFormat";
import type { Subject } from "../subject";
import { AmountField, ReasonField, reasonText } from "./fields";
import { OperationDialog } from "./OperationDialog";
import { accountOf, useOperation } from "./useOperation";

interface Values {
  part: "whole" | "part";
  amount?: number;
  reason?: string;
}

interface Props {
  subject: Subject;
  hold: Hold;
  onClose: () => void;
}

export function ReleaseDialog({ subject, hold, onClose }: Props) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const [form] = Form.useForm<Values>();
  const isPart = Form.useWatch("part", form) === "part";
  const { error, isBusy, run } = useOperation(subject, onClose);
  const submit = ({ amount = hold.remaining, reason }: Values) =>
    run(
      {
        do: "release",
        body: { ...accountOf(subject), hold_no: hold.hold_no, amount, reason: reasonText(reason) },
      },
      amount,
    );
  return (
    <OperationDialog<Values>
      title={t("accounts.dialog.release")}
      submit={t("accounts.holds.release")}
      form={form}
      start={{ part: "whole" }}
      error={error}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="part" label={t("accounts.field.amount")}>
        <Radio.Group
          options={[
            { value: "whole", label: t("accounts.field.releaseWhole", { value: count(hold.remaining) }) },
            { value: "part", label: t("accounts.field.releasePart") },
          ]}
        />
      </Form.Item>
      {isPart && <AmountField most={hold.remaining} />}
      <ReasonField isNeeded={false} />
    </OperationDialog>
  );
}
