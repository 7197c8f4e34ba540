import { App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { type CouponBatch, useVoidBatch } from "../../../api/couponBatches";
import { OperationDialog } from "../../accounts/dialogs/OperationDialog";

/** Takes every code of a batch back that is not used yet. */
export function VoidBatchDialog({ batch, onClose }: { batch: CouponBatch; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const act = useVoidBatch(batch.id);
  return (
    <OperationDialog<{ reason: string }>
      title={t("couponBatches.voidDialog.title", { name: batch.name })}
      lead={t("couponBatches.voidDialog.lead")}
      submit={t("couponBatches.voidDialog.submit")}
      form={form}
      error={act.error}
      isBusy={act.isPending}
      onSubmit={({ reason }) =>
        act.mutate(reason.trim(), {
          onSuccess: () => {
            void message.success(t("couponBatches.voidDialog.asked"));
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t("couponBatches.voidDialog.reason")}
        extra={t("couponBatches.voidDialog.reasonHelp")}
        rules={[{ required: true, whitespace: true, message: t("couponBatches.makeDialog.needed") }]}
      >
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} />
      </Form.Item>
    </OperationDialog>
  );
}
