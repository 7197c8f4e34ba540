import { App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { Identity } from "../../../api/contract";
import { useRemoveIdentity } from "../../../api/identities";
import { OperationDialog } from "../../accounts/dialogs/OperationDialog";

interface Props {
  member: number;
  identity: Identity;
  onClose: () => void;
}

export function RemoveIdentityDialog({ member, identity, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const remove = useRemoveIdentity(member);
  const submit = ({ reason }: { reason: string }) =>
    remove.mutate(
      { handle: identity.handle, reason: reason.trim() },
      {
        onSuccess: () => {
          void message.success(t("memberIdentity.remove.done"));
          onClose();
        },
      },
    );
  return (
    <OperationDialog<{ reason: string }>
      title={t("memberIdentity.remove.title", { value: identity.value })}
      lead={t("memberIdentity.remove.lead")}
      submit={t("memberIdentity.remove.submit")}
      form={form}
      error={remove.error}
      isBusy={remove.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t("memberIdentity.reason")}
        rules={[{ required: true, whitespace: true, min: 2, message: t("merges.field.reasonMissing") }]}
      >
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
    </OperationDialog>
  );
}
