import { App, Form, Radio, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { type DuplicatePolicy, useDuplicatePolicy, useSavePolicy } from "../../api/duplicates";
import { OperationDialog } from "../accounts/dialogs/OperationDialog";
import styles from "./duplicates.module.css";

interface Values {
  isOn: boolean;
  least: number;
}

/** Whether pairs may be merged without anybody looking. */
export function PolicyDialog({ onClose }: { onClose: () => void }) {
  const policy = useDuplicatePolicy();
  return policy.data ? <Policy policy={policy.data} onClose={onClose} /> : null;
}

function Policy({ policy, onClose }: { policy: DuplicatePolicy; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const isOn = Form.useWatch("isOn", form) ?? policy.merges_automatically;
  const save = useSavePolicy();
  const submit = ({ isOn: on, least }: Values) =>
    save.mutate(
      { merges_automatically: on, least_score: least ?? policy.least_score },
      {
        onSuccess: () => {
          void message.success(t("duplicates.policy.saved"));
          onClose();
        },
      },
    );
  // Three lines that people can tell apart; one that was set elsewhere stays among them.
  const lines = [...new Set([policy.lowest, 300, 400, policy.least_score])].sort((one, other) => one - other);
  const nameOfLine = (line: number) => {
    if (line === policy.lowest) return t("duplicates.policy.line.low");
    if (line === 300) return t("duplicates.policy.line.middle");
    return line === 400
      ? t("duplicates.policy.line.high")
      : t("duplicates.policy.line.own", { value: line / 10 });
  };
  return (
    <OperationDialog<Values>
      title={t("duplicates.policy.title")}
      lead={t("duplicates.policy.lead")}
      submit={t("duplicates.policy.save")}
      form={form}
      start={{ isOn: policy.merges_automatically, least: policy.least_score }}
      error={save.error}
      isBusy={save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="isOn" label={t("duplicates.policy.isOn")} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="least" label={t("duplicates.policy.least")} hidden={!isOn}>
        <Radio.Group vertical options={lines.map((line) => ({ value: line, label: nameOfLine(line) }))} />
      </Form.Item>
      <ul className={styles.guards}>
        <li>{t("duplicates.policy.guard.proof")}</li>
        <li>{t("duplicates.policy.guard.phones")}</li>
        <li>{t("duplicates.policy.guard.household")}</li>
        <li>{t("duplicates.policy.guard.undo")}</li>
      </ul>
    </OperationDialog>
  );
}
