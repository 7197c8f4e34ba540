import { App, Button, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type RequestPage,
  type RequestRefusal,
  type RequestWish,
  refusalReasons,
  useWorkOnRequest,
} from "../../api/requests";
import { useMay } from "../../api/session";
import { Refusal } from "../../kit/Refusal";
import styles from "./rights.module.css";

type Act = "note" | "extension" | "completion" | "withdrawal" | "refusal";

const labels = {
  note: "rights.detail.note",
  extension: "rights.detail.extend",
  refusal: "rights.detail.refuse",
  withdrawal: "rights.detail.withdraw",
  completion: "rights.detail.complete",
} as const;

/** What can be done with a request that has not ended. */
export function RequestActions({ page: { request } }: { page: RequestPage }) {
  const { t } = useTranslation();
  const mayWrite = useMay()("requests.write");
  const work = useWorkOnRequest(request.id);
  const [act, setAct] = useState<Act | null>(null);
  if (!mayWrite || request.ended_at) return null;
  const acts: Act[] = request.state === "cooling" ? ["withdrawal"] : ["note", "refusal", "withdrawal"];
  if (request.state === "open" && !request.is_extended) acts.splice(1, 0, "extension");
  if (request.state === "open" && request.kind !== "deletion") acts.push("completion");
  const isRestrictable = request.state === "open" && ["restriction", "objection"].includes(request.kind);
  return (
    <div className={styles.action}>
      <Refusal error={work.error} />
      <div className={styles.buttons}>
        {isRestrictable &&
          [true, false].map((isRestricted) => (
            <Button
              key={String(isRestricted)}
              loading={work.isPending}
              onClick={() => work.mutate({ kind: "restriction", isRestricted })}
            >
              {t(isRestricted ? "rights.detail.restrict" : "rights.detail.lift")}
            </Button>
          ))}
        {acts.map((one) => (
          <Button key={one} type={one === "completion" ? "primary" : "default"} onClick={() => setAct(one)}>
            {t(labels[one])}
          </Button>
        ))}
      </div>
      {act && <ActDialog id={request.id} act={act} onClose={() => setAct(null)} />}
    </div>
  );
}

function ActDialog({ id, act, onClose }: { id: number; act: Act; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ words: string; reason: RequestRefusal }>();
  const work = useWorkOnRequest(id);
  const send = ({ words, reason }: { words: string; reason: RequestRefusal }) => {
    const wish: RequestWish = act === "refusal" ? { kind: act, reason, words } : { kind: act, words };
    work.mutate(wish, {
      onSuccess: () => {
        void message.success(t(labels[act]));
        onClose();
      },
    });
  };
  return (
    <Modal
      open
      title={t(labels[act])}
      okText={t(labels[act])}
      confirmLoading={work.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
        {act === "refusal" && (
          <Form.Item
            name="reason"
            label={t("rights.detail.reason")}
            rules={[{ required: true, message: t("rights.new.needed") }]}
          >
            <Select
              options={refusalReasons.map((value) => ({ value, label: t(`rights.reason.${value}`) }))}
            />
          </Form.Item>
        )}
        <Form.Item
          name="words"
          label={t(act === "completion" ? "rights.detail.evidence" : "rights.detail.words")}
          rules={[{ required: true, whitespace: true, min: 2, message: t("rights.detail.missing") }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        <Refusal error={work.error} />
      </Form>
    </Modal>
  );
}
