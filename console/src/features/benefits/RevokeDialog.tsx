import { App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { type Entitlement, useEntitlementAct } from "../../api/benefits";
import { useFormat } from "../../kit/useFormat";
import { OperationDialog } from "../accounts/dialogs/OperationDialog";

interface Props {
  memberId: number;
  entitlement: Entitlement;
  onClose: () => void;
}

export function RevokeDialog({ memberId, entitlement, onClose }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const act = useEntitlementAct(memberId);
  return (
    <OperationDialog<{ reason: string }>
      title={t("benefits.revoke.title", { gift: name(entitlement.gift_told) })}
      lead={t("benefits.revoke.lead")}
      submit={t("benefits.revoke.submit")}
      form={form}
      error={act.error}
      isBusy={act.isPending}
      onSubmit={({ reason }) =>
        act.mutate(
          { kind: "revoke", id: entitlement.id, reason },
          {
            onSuccess: () => {
              void message.success(t("benefits.revoke.done"));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t("benefits.revoke.reason")}
        rules={[{ required: true, whitespace: true, message: t("benefits.form.needed") }]}
      >
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} />
      </Form.Item>
    </OperationDialog>
  );
}
