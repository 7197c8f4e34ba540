import { App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { type Merge, useUndoMerge } from "../../../api/merges";
import { nameOf } from "../../../kit/nameOf";
import { OperationDialog } from "../../accounts/dialogs/OperationDialog";
import styles from "./merging.module.css";

interface Props {
  merge: Merge;
  onClose: () => void;
}

/** Makes them two again, after saying what comes back and what does not. */
export function UndoDialog({ merge, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const undo = useUndoMerge();
  const submit = ({ reason }: { reason: string }) =>
    undo.mutate(
      { id: merge.id, reason: reason.trim() },
      {
        onSuccess: () => {
          void message.success(t("merges.undo.done"));
          onClose();
        },
      },
    );
  return (
    <OperationDialog<{ reason: string }>
      title={t("merges.undo.title", { absorbed: nameOf(merge.absorbed), survivor: nameOf(merge.survivor) })}
      lead={
        <ul className={styles.told}>
          <li>{t("merges.undo.back", { number: merge.absorbed.number })}</li>
          <li>{t("merges.undo.points")}</li>
          <li>{t("merges.undo.since", { number: merge.survivor.number })}</li>
          <li>{t("merges.undo.apart")}</li>
        </ul>
      }
      submit={t("merges.undo.submit")}
      form={form}
      error={undo.error}
      isBusy={undo.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t("merges.undo.reason")}
        rules={[{ required: true, whitespace: true, min: 2, message: t("merges.field.reasonMissing") }]}
      >
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
    </OperationDialog>
  );
}
