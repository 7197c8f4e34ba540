import { App, Form, Input, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type NewRequest, requestKinds, useTakeRequest } from "../../api/requests";
import { Refusal } from "../../kit/Refusal";
import { MemberSelect } from "../accounts/MemberSelect";

interface Props {
  /** Whose request it is, where that is known already. */
  memberId?: number;
  onClose: () => void;
  onTaken: (id: number) => void;
}

type Values = Omit<NewRequest, "member"> & { member?: number };

const channels = ["in_store", "phone", "email", "wechat", "mail", "web"] as const;
const ways = ["code", "signed_in", "document", "in_person", "known"] as const;

/** Takes a request in: who asks for what, and how it is known that it is them. */
export function NewRequestDialog({ memberId, onClose, onTaken }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const take = useTakeRequest();
  const required = [{ required: true, message: t("rights.new.needed") }];
  const send = ({ member, ...values }: Values) =>
    take.mutate(
      { ...values, member: String(memberId ?? member), words: values.words?.trim() || null },
      {
        onSuccess: ({ request }) => {
          void message.success(t("rights.new.done"));
          onTaken(request.id);
        },
      },
    );
  return (
    <Modal
      open
      title={t("rights.take")}
      okText={t("rights.take")}
      confirmLoading={take.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={send}>
        {memberId === undefined && (
          <Form.Item name="member" label={t("rights.new.member")} rules={required}>
            <MemberSelect without={0} />
          </Form.Item>
        )}
        <Form.Item name="kind" label={t("rights.new.kind")} rules={required}>
          <Select options={requestKinds.map((value) => ({ value, label: t(`rights.kind.${value}`) }))} />
        </Form.Item>
        <Form.Item name="channel" label={t("rights.new.channel")} rules={required}>
          <Select options={channels.map((value) => ({ value, label: t(`rights.new.channels.${value}`) }))} />
        </Form.Item>
        <Form.Item name="verified_how" label={t("rights.new.verified")} rules={required}>
          <Select options={ways.map((value) => ({ value, label: t(`rights.new.how.${value}`) }))} />
        </Form.Item>
        <Form.Item name="words" label={t("rights.new.words")}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        <Refusal error={take.error} />
      </Form>
    </Modal>
  );
}
