import { App, Form, Input, Modal, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type Channel, type ConsentPurposeState, type Evidence, useChangeConsents } from "../../api/consents";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";

interface Props {
  memberId: number;
  purpose: ConsentPurposeState;
  onClose: () => void;
}

interface Values {
  kind: "given" | "refused" | "withdrawn";
  channels: Channel[];
  how: "paper" | "screen" | "sms" | "phone" | "web";
  hand: "member" | "guardian" | "operator";
  note?: string;
}

/** Records what a member said of one purpose, with what shows it. Nothing is ticked beforehand. */
export function AnswerDialog({ memberId, purpose, onClose }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const change = useChangeConsents(memberId);
  const required = [{ required: true, message: t("consent.editor.needed") }];
  const record = ({ kind, channels, how, hand, note }: Values) => {
    const evidence: Evidence = { how, hand, note: note?.trim() || null, source: "console", screen: "member" };
    const answers = channels.map((channel) => ({ purpose: purpose.code, channel, kind }));
    change.mutate(
      { kind: "answers", answers, evidence },
      {
        onSuccess: () => {
          void message.success(t("consent.member.saved"));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      open
      title={name(purpose.name)}
      okText={t("consent.member.save")}
      confirmLoading={change.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={record}>
        <Form.Item name="kind" label={t("consent.member.asked")} rules={required}>
          <Radio.Group
            options={(["given", "refused", "withdrawn"] as const).map((value) => ({
              value,
              label: t(`consent.member.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="channels" label={t("consent.purposes.title")} rules={required}>
          <Select
            mode="multiple"
            options={purpose.channels.map(({ channel }) => ({
              value: channel,
              label: t(`consent.channel.${channel as Channel}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="how" label={t("consent.member.how")} rules={required}>
          <Select
            options={(["screen", "paper", "phone", "sms", "web"] as const).map((value) => ({
              value,
              label: t(`consent.member.hows.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="hand" label={t("consent.member.hand")} rules={required}>
          <Select
            options={(["member", "guardian", "operator"] as const).map((value) => ({
              value,
              label: t(`consent.member.hands.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="note" label={t("consent.member.note")}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <Refusal error={change.error} />
      </Form>
    </Modal>
  );
}
