import { App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useCancelActivity } from "../../api/activities";
import type { MemberActivity } from "../../api/contract";
import { OperationDialog } from "../accounts/dialogs/OperationDialog";

interface Props {
  activity: MemberActivity;
  what: string;
  onClose: () => void;
}

/** Says what cancelling takes back, and asks why. */
export function CancelDialog({ activity, what, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const cancel = useCancelActivity();
  const submit = ({ reason }: { reason: string }) =>
    cancel.mutate(
      { id: activity.id, reason: reason.trim() },
      {
        onSuccess: () => {
          void message.success(t("activities.done.cancelled"));
          onClose();
        },
      },
    );
  return (
    <OperationDialog<{ reason: string }>
      title={t("activities.cancelDialog.title", { what })}
      lead={
        <>
          {t("activities.cancelDialog.lead")}
          {activity.role !== null && <> {t("activities.cancelDialog.leadReferral")}</>}
        </>
      }
      submit={t("activities.cancelDialog.submit")}
      form={form}
      error={cancel.error}
      isBusy={cancel.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t("activities.cancelDialog.reason")}
        extra={t("activities.cancelDialog.reasonHelp")}
        rules={[{ required: true, whitespace: true, message: t("activities.cancelDialog.reasonMissing") }]}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </OperationDialog>
  );
}
