import { EyeInvisibleOutlined, EyeOutlined } from "@ant-design/icons";
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Member } from "../../../api/contract";
import { useMay } from "../../../api/session";
import { useUnmask } from "../../../api/unmask";
import { nameOf } from "../../../kit/nameOf";
import { OperationDialog } from "../../accounts/dialogs/OperationDialog";
import { clearForMinutes, useUnmasked } from "./Unmasked";

/** Shows what is personal in clear, for a reason and for some minutes; or hides it again. */
export function UnmaskButton({ member }: { member: Member }) {
  const { t } = useTranslation();
  const may = useMay();
  const { values, hide } = useUnmasked();
  const [isAsking, setAsking] = useState(false);
  if (!may("members.unmask") || member.status === "erased") return null;
  if (values)
    return (
      <Button icon={<EyeInvisibleOutlined />} onClick={hide}>
        {t("members.unmask.hide")}
      </Button>
    );
  return (
    <>
      <Button icon={<EyeOutlined />} onClick={() => setAsking(true)}>
        {t("members.unmask.open")}
      </Button>
      {isAsking && <UnmaskDialog member={member} onClose={() => setAsking(false)} />}
    </>
  );
}

export function UnmaskDialog({
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
  const unmask = useUnmask(member.id);
  const { show } = useUnmasked();
  const submit = ({ reason }: { reason: string }) =>
    unmask.mutate(reason.trim(), {
      onSuccess: (values) => {
        show(values);
        onClose();
        onShown?.();
      },
    });
  return (
    <OperationDialog<{ reason: string }>
      title={t("members.unmask.title", { name: nameOf(member) })}
      lead={t("members.unmask.lead", { minutes: clearForMinutes })}
      submit={t("members.unmask.submit")}
      form={form}
      error={unmask.error}
      isBusy={unmask.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t("members.unmask.reason")}
        rules={[{ required: true, whitespace: true, min: 2, message: t("members.unmask.reasonMissing") }]}
      >
        <Input maxLength={200} placeholder={t("members.unmask.reasonHint")} autoComplete="off" />
      </Form.Item>
    </OperationDialog>
  );
}
