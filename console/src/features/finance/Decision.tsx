import { Alert, App, Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useApprove, useReject } from "../../api/adjustments";
import { Refused } from "../../api/client";
import type { Adjustment } from "../../api/contract";
import { useSession } from "../../api/session";
import { Refusal } from "../../kit/Refusal";
import styles from "./finance.module.css";

interface Props {
  adjustment: Adjustment;
  onDecided: () => void;
}

/** Approve or refuse. Who asked may not approve, unless nobody else could: then the server wants the amount typed. */
export function Decision({ adjustment, onDecided }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { data: session } = useSession();
  const approve = useApprove();
  const reject = useReject();
  const [isRejecting, setRejecting] = useState(false);
  const [typed, setTyped] = useState("");
  const isOwn = adjustment.requested_by.actor === `staff:${session?.user.id}`;
  const wantsTyping = approve.error instanceof Refused && approve.error.problem.code === confirmationWrong;
  const expected = String(adjustment.amount);
  const agree = () =>
    approve.mutate(
      { id: adjustment.id, confirmation: wantsTyping ? typed : null },
      {
        onSuccess: () => {
          void message.success(t("finance.adjustments.approved"));
          onDecided();
        },
      },
    );
  const refuse = ({ note }: { note: string }) =>
    reject.mutate(
      { id: adjustment.id, note: note.trim() },
      {
        onSuccess: ({ state }) => {
          void message.success(
            t(state === "withdrawn" ? "finance.adjustments.withdrawn" : "finance.adjustments.rejected"),
          );
          onDecided();
        },
      },
    );
  return (
    <div className={styles.form}>
      {isOwn && !wantsTyping && (
        <Alert type="info" showIcon className={styles.alert} title={t("finance.adjustments.own")} />
      )}
      {!isRejecting && (
        <>
          <Refusal error={approve.error} />
          {wantsTyping && (
            <Form layout="vertical">
              <Form.Item label={t("finance.adjustments.typed", { amount: expected })} htmlFor="typed">
                <Input
                  id="typed"
                  value={typed}
                  onChange={(event) => setTyped(event.target.value)}
                  autoFocus
                />
              </Form.Item>
            </Form>
          )}
          <div className={styles.buttons}>
            <Button onClick={() => setRejecting(true)}>
              {t(isOwn ? "finance.adjustments.withdraw" : "finance.adjustments.reject")}
            </Button>
            <Button
              type="primary"
              loading={approve.isPending}
              disabled={wantsTyping && typed.trim() !== expected}
              onClick={agree}
            >
              {t(wantsTyping ? "finance.adjustments.approveTyped" : "finance.adjustments.approve")}
            </Button>
          </div>
        </>
      )}
      {isRejecting && (
        <Form<{ note: string }> layout="vertical" requiredMark={false} onFinish={refuse}>
          <Form.Item
            name="note"
            label={t("finance.adjustments.note")}
            extra={t("finance.adjustments.noteHelp")}
            rules={[{ required: true, whitespace: true, message: t("finance.adjustments.noteMissing") }]}
          >
            <Input.TextArea rows={2} maxLength={500} autoFocus />
          </Form.Item>
          <Refusal error={reject.error} />
          <div className={styles.buttons}>
            <Button onClick={() => setRejecting(false)}>{t("kit.back")}</Button>
            <Button danger htmlType="submit" loading={reject.isPending}>
              {t(isOwn ? "finance.adjustments.withdraw" : "finance.adjustments.reject")}
            </Button>
          </div>
        </Form>
      )}
    </div>
  );
}

const confirmationWrong = "ledger.confirmation_wrong";
