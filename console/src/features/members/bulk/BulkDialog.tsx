import { Button, Form, Input, Modal, Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../../api/attempt";
import { type BulkWish, useBulkPreview, useStartBulk } from "../../../api/bulk";
import { Refusal } from "../../../kit/Refusal";
import { useFormat } from "../../../kit/useFormat";
import { ActionFields } from "./ActionFields";
import styles from "./bulk.module.css";
import { PreviewTold } from "./PreviewTold";
import { Progressing } from "./Progressing";
import { type ActionKey, toWish, type Values, type Whom } from "./wish";

interface Props {
  action: ActionKey;
  whom: Whom;
  onDone: () => void;
  onClose: () => void;
}

/** Says what to do, looks at what that would come to, confirms it, and follows it. */
export function BulkDialog({ action, whom, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const [form] = Form.useForm<Values>();
  const [wish, setWish] = useState<BulkWish | null>(null);
  const [key, setKey] = useState(newKey);
  const [typed, setTyped] = useState("");
  const preview = useBulkPreview();
  const start = useStartBulk();
  const told = wish ? preview.data : undefined;
  const close = () => {
    if (start.data) onDone();
    onClose();
  };
  const look = (values: Values) => {
    const next = toWish(action, whom, values);
    setWish(next);
    setTyped("");
    setKey(newKey());
    start.reset();
    preview.mutate(next);
  };
  const confirm = () => {
    if (!wish || !told) return;
    start.mutate({ key, ...wish, members_seen: told.doing, confirm: told.type_this ? typed.trim() : null });
  };
  return (
    <Modal open title={t(`bulk.one.${action}`)} onCancel={close} footer={null} destroyOnHidden>
      {start.data ? (
        <Progressing asked={start.data} onClose={close} />
      ) : (
        <>
          <Form form={form} layout="vertical" onFinish={look} hidden={wish !== null} requiredMark={false}>
            {"members" in whom && <p>{t("bulk.whom", { value: count(whom.members.length) })}</p>}
            <ActionFields action={action} />
            <Form.Item
              name="reason"
              label={t("bulk.reason")}
              extra={t("bulk.reasonHint")}
              rules={[{ required: true, min: 2, whitespace: true, message: t("bulk.needed") }]}
            >
              <Input maxLength={200} />
            </Form.Item>
            <div className={styles.foot}>
              <Button onClick={close}>{t("bulk.cancel")}</Button>
              <Button type="primary" htmlType="submit">
                {t("bulk.preview")}
              </Button>
            </div>
          </Form>
          {wish && (
            <>
              {preview.isPending && <Spin description={t("bulk.looking")} />}
              <Refusal error={preview.error ?? start.error} />
              {told && <PreviewTold preview={told} typed={typed} onType={setTyped} />}
              <div className={styles.foot}>
                <Button onClick={() => setWish(null)}>{t("bulk.back")}</Button>
                <Button
                  type="primary"
                  disabled={
                    !told || told.doing === 0 || (told.type_this !== null && typed.trim() !== told.type_this)
                  }
                  loading={start.isPending}
                  onClick={confirm}
                >
                  {t("bulk.start")}
                </Button>
              </div>
            </>
          )}
        </>
      )}
    </Modal>
  );
}
