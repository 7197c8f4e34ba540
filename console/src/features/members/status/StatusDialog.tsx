import { App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { Member } from "../../../api/contract";
import { useSetStatus } from "../../../api/identities";
import { nameOf } from "../../../kit/nameOf";
import { OperationDialog } from "../../accounts/dialogs/OperationDialog";
import { StatusHistory } from "./StatusHistory";
import { type StatusMove, statusAfter } from "./statusMoves";

interface Props {
  member: Member;
  move: StatusMove;
  onClose: () => void;
}

/** Says what the new status means, asks why, and shows what went before. */
export function StatusDialog({ member, move, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const set = useSetStatus(member.id);
  const submit = ({ reason }: { reason: string }) =>
    set.mutate(
      { status: statusAfter[move], reason: reason.trim() },
      {
        onSuccess: () => {
          void message.success(t(`memberStatus.done.${move}`));
          onClose();
        },
      },
    );
  return (
    <OperationDialog<{ reason: string }>
      title={t("memberStatus.title", { move: t(`memberStatus.move.${move}`), name: nameOf(member) })}
      lead={t(`memberStatus.means.${move}`)}
      submit={t(`memberStatus.move.${move}`)}
      form={form}
      error={set.error}
      isBusy={set.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t("memberStatus.reason")}
        extra={t("memberStatus.reasonHelp")}
        rules={[{ required: true, whitespace: true, min: 2, message: t("merges.field.reasonMissing") }]}
      >
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
      <StatusHistory member={member.id} />
    </OperationDialog>
  );
}
