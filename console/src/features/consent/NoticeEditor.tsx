import { App, Button, Drawer, Form, Input, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Notice,
  type NoticeDraft,
  useComparison,
  useListForm,
  usePublishNotice,
  useSaveDraft,
} from "../../api/consents";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import styles from "./consent.module.css";
import { useNoticeName } from "./useNoticeName";

interface Props {
  code: string;
  versions: Notice[];
  onClose: () => void;
}

/** Writes the next version: draft, what changes, and the word that publishes it for ever. */
export function NoticeEditor({ code, versions, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const noticeName = useNoticeName();
  const [form] = Form.useForm<NoticeDraft>();
  const save = useSaveDraft();
  const list = useListForm(code, true);
  const draft = versions.find((one) => !one.published_at);
  const published = versions.find((one) => one.published_at);
  const from = draft ?? published;
  const insertList = () => {
    const made = list.data?.text;
    if (!made) return;
    const before = form.getFieldsValue();
    form.setFieldsValue({
      text_zh: [before.text_zh, made.zh].filter(Boolean).join("\n\n"),
      text_en: [before.text_en, made.en].filter(Boolean).join("\n\n"),
    });
  };
  const required = [{ required: true, whitespace: true, message: t("consent.editor.needed") }];
  return (
    <Drawer open onClose={onClose} size={720} title={t("consent.editor.title", { name: noticeName(code) })}>
      <Form<NoticeDraft>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          text_zh: from?.text.zh ?? "",
          text_en: from?.text.en ?? "",
          change_zh: draft?.change.zh ?? "",
          is_substantial: draft?.is_substantial ?? true,
        }}
        onFinish={(values) =>
          save.mutate(
            { code, draft: values },
            { onSuccess: () => void message.success(t("consent.editor.saved")) },
          )
        }
      >
        <Form.Item name="text_zh" label={t("consent.editor.zh")} rules={required}>
          <Input.TextArea rows={8} maxLength={50_000} />
        </Form.Item>
        <Form.Item name="text_en" label={t("consent.editor.en")} rules={required}>
          <Input.TextArea rows={8} maxLength={50_000} />
        </Form.Item>
        <Form.Item name="change_zh" label={t("consent.editor.change")}>
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item name="is_substantial" label={t("consent.editor.substantial")} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Refusal error={save.error} />
        <div className={styles.buttons}>
          <Button onClick={insertList} disabled={!list.data}>
            {t("consent.editor.fromList")}
          </Button>
          <Button type={draft ? "default" : "primary"} htmlType="submit" loading={save.isPending}>
            {t("consent.editor.save")}
          </Button>
        </div>
      </Form>
      {draft && <Publication draft={draft} published={published} onDone={onClose} />}
    </Drawer>
  );
}

interface PublicationProps {
  draft: Notice;
  published: Notice | undefined;
  onDone: () => void;
}

function Publication({ draft, published, onDone }: PublicationProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { language } = useFormat();
  const publish = usePublishNotice();
  const [typed, setTyped] = useState("");
  const compared = useComparison(draft.code, published?.version ?? null, published ? draft.version : null);
  const expected = `${draft.code} ${draft.version}`;
  const lines = language.startsWith("zh") ? compared.data?.zh : compared.data?.en;
  return (
    <section>
      {published && lines && (
        <>
          <h3>{t("consent.editor.compare")}</h3>
          <div className={styles.diff}>
            {lines.every((line) => line.kind === "same") ? (
              <p className={styles.quiet}>{t("consent.editor.same")}</p>
            ) : (
              lines.map((line, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name but their place
                <p key={place} data-kind={line.kind}>
                  {line.text || " "}
                </p>
              ))
            )}
          </div>
        </>
      )}
      <Form layout="vertical" style={{ marginTop: 16 }}>
        <Form.Item label={t("consent.editor.confirm", { text: expected })} htmlFor="confirm-notice">
          <Input id="confirm-notice" value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Form.Item>
      </Form>
      <Refusal error={publish.error} />
      <div className={styles.buttons}>
        <Button
          type="primary"
          disabled={typed.trim() !== expected}
          loading={publish.isPending}
          onClick={() =>
            publish.mutate(
              { code: draft.code, version: draft.version, confirm: typed },
              {
                onSuccess: () => {
                  void message.success(t("consent.editor.done"));
                  onDone();
                },
              },
            )
          }
        >
          {t("consent.editor.publish", { version: draft.version })}
        </Button>
      </div>
    </section>
  );
}
