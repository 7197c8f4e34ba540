import { App, Form, Radio } from "antd";
import { useTranslation } from "react-i18next";
import type { Identity } from "../../../api/contract";
import { type Proof, useVerifyIdentity } from "../../../api/identities";
import { OperationDialog } from "../../accounts/dialogs/OperationDialog";

interface Props {
  member: number;
  identity: Identity;
  onClose: () => void;
}

const proofs: readonly Proof[] = ["code", "staff", "channel"];

export function VerifyIdentityDialog({ member, identity, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ how: Proof }>();
  const verify = useVerifyIdentity(member);
  const submit = ({ how }: { how: Proof }) =>
    verify.mutate(
      { handle: identity.handle, how },
      {
        onSuccess: () => {
          void message.success(t("memberIdentity.verify.done"));
          onClose();
        },
      },
    );
  return (
    <OperationDialog<{ how: Proof }>
      title={t("memberIdentity.verify.title", { value: identity.value })}
      lead={t("memberIdentity.verify.lead")}
      submit={t("memberIdentity.verify.submit")}
      form={form}
      start={{ how: "staff" }}
      error={verify.error}
      isBusy={verify.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="how" label={t("memberIdentity.verify.how")}>
        <Radio.Group
          vertical
          options={proofs.map((value) => ({ value, label: t(`memberIdentity.proof.${value}`) }))}
        />
      </Form.Item>
    </OperationDialog>
  );
}
