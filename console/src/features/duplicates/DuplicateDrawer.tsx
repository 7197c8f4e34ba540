import { App, Button, Drawer, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Duplicate, useDismiss } from "../../api/duplicates";
import { useMay } from "../../api/session";
import { Fact, Facts } from "../../kit/Facts";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { MergePanel } from "../members/merging/MergePanel";
import styles from "./duplicates.module.css";
import { LikelihoodMark } from "./LikelihoodMark";
import { Reasons } from "./Reasons";

interface Props {
  duplicate: Duplicate | null;
  onClose: () => void;
}

/** Both side by side, and the decision: one person, or two. */
export function DuplicateDrawer({ duplicate, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer
      open={duplicate !== null}
      onClose={onClose}
      size={760}
      destroyOnHidden
      title={t("duplicates.drawer.title")}
    >
      {duplicate && <Decision key={duplicate.id} duplicate={duplicate} onDone={onClose} />}
    </Drawer>
  );
}

function Decision({ duplicate, onDone }: { duplicate: Duplicate; onDone: () => void }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const may = useMay();
  const [isDismissing, setDismissing] = useState(false);
  return (
    <>
      <div className={styles.verdict}>
        <LikelihoodMark likelihood={duplicate.likelihood} />
        <Reasons reasons={duplicate.reasons} />
      </div>
      {duplicate.state === "dismissed" && (
        <Facts>
          <Fact term={t("duplicates.column.dismissed")}>
            {duplicate.decided_at && moment(duplicate.decided_at)}
            {duplicate.decided_by?.name && ` · ${duplicate.decided_by.name}`}
          </Fact>
          <Fact term={t("merges.field.reason")}>{duplicate.decided_because}</Fact>
        </Facts>
      )}
      {!may("members.merge") && <p className={styles.quiet}>{t("duplicates.drawer.mayNot")}</p>}
      {may("members.merge") &&
        (isDismissing ? (
          <DismissForm id={duplicate.id} onBack={() => setDismissing(false)} onDone={onDone} />
        ) : (
          <MergePanel
            first={duplicate.first.id}
            second={duplicate.second.id}
            onDone={onDone}
            other={
              duplicate.state === "waiting" && (
                <Button onClick={() => setDismissing(true)}>{t("duplicates.dismiss.open")}</Button>
              )
            }
          />
        ))}
    </>
  );
}

interface FormProps {
  id: number;
  onBack: () => void;
  onDone: () => void;
}

function DismissForm({ id, onBack, onDone }: FormProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const dismiss = useDismiss();
  const submit = ({ reason }: { reason: string }) =>
    dismiss.mutate(
      { id, reason: reason.trim() },
      {
        onSuccess: () => {
          void message.success(t("duplicates.dismiss.done"));
          onDone();
        },
      },
    );
  return (
    <Form<{ reason: string }> layout="vertical" requiredMark={false} onFinish={submit}>
      <Form.Item
        name="reason"
        label={t("duplicates.dismiss.reason")}
        extra={t("duplicates.dismiss.help")}
        rules={[{ required: true, whitespace: true, min: 2, message: t("merges.field.reasonMissing") }]}
      >
        <Input.TextArea rows={2} maxLength={300} autoFocus />
      </Form.Item>
      <Refusal error={dismiss.error} />
      <div className={styles.buttons}>
        <Button onClick={onBack}>{t("kit.back")}</Button>
        <Button type="primary" htmlType="submit" loading={dismiss.isPending}>
          {t("duplicates.dismiss.submit")}
        </Button>
      </div>
    </Form>
  );
}
