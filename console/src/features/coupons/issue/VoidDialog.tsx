import { App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useVoidCoupon } from "../../../api/couponIssue";
import { OperationDialog } from "../../accounts/dialogs/OperationDialog";

/** Takes a coupon away for good. */
export function VoidDialog({ code, onClose }: { code: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const act = useVoidCoupon();
  return (
    <OperationDialog<{ reason: string }>
      title={t("couponIssue.void.title", { code })}
      lead={t("couponIssue.void.lead")}
      submit={t("couponIssue.void.submit")}
      form={form}
      error={act.error}
      isBusy={act.isPending}
      onSubmit={({ reason }) =>
        act.mutate(
          { code, reason: reason.trim() },
          {
            onSuccess: () => {
              void message.success(t("couponIssue.void.done"));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t("couponIssue.reason")}
        extra={t("couponIssue.reasonHelp")}
        rules={[{ required: true, whitespace: true, message: t("couponIssue.needed") }]}
      >
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} />
      </Form.Item>
    </OperationDialog>
  );
}
