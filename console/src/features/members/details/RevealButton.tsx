import { EyeInvisibleOutlined, EyeOutlined } from "@ant-design/icons";
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Member } from "../../../api/contract";
import { useReveal } from "../../../api/reveal";
import { useMay } from "../../../api/session";
import { nameOf } from "../../../kit/nameOf";
import { OperationDialog } from "../../accounts/dialogs/OperationDialog";
import { clearForMinutes, useRevealed } from "./Revealed";

/** Shows what is personal in clear, for a reason and for some minutes; or hides it again. */
export function RevealButton({ member }: { member: Member }) {
  const { t } = useTranslation();
  const may = useMay();
  const { values, hide } = useRevealed();
  const [isAsking, setAsking] = useState(false);
  if (!may("members.unmask") || member.status === "erased") return null;
  if (values)
    return (
      <Button icon={<EyeInvisibleOutlined />} onClick={hide}>
        {t("members.reveal.hide")}
      </Button>
    );
  return (
    <>
      <Button icon={<EyeOutlined />} onClick={() => setAsking(true)}>
        {t("members.reveal.open")}
      </Button>
      {isAsking && <RevealDialog member={member} onClose={() => setAsking(false)} />}
    </>
  );
}

export function RevealDialog({
  member,
  onClose,
  onShown,
}: {
  member: Member;
  onClose: () => void;
  onShown?: () => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  const reveal = useReveal(member.id);
  const { show } = useRevealed();
  const submit = ({ reason }: { reason: string }) =>
    reveal.mutate(reason.trim(), {
      onSuccess: (values) => {
        show(values);
        onClose();
        onShown?.();
      },
    });
  return (
    <OperationDialog<{ reason: string }>
      title={t("members.reveal.title", { name: nameOf(member) })}
      lead={t("members.reveal.lead", { minutes: clearForMinutes })}
      submit={t("members.reveal.submit")}
      form={form}
      error={reveal.error}
      isBusy={reveal.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t("members.reveal.reason")}
        rules={[{ required: true, whitespace: true, min: 2, message: t("members.reveal.reasonMissing") }]}
      >
        <Input maxLength={200} placeholder={t("members.reveal.reasonHint")} autoComplete="off" />
      </Form.Item>
    </OperationDialog>
  );
}
