import { EditOutlined } from "@ant-design/icons";
import { App, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Member } from "../../../api/contract";
import { useChangeProfile } from "../../../api/members";
import { useMay } from "../../../api/session";
import { OperationDialog } from "../../accounts/dialogs/OperationDialog";
import { ProfileFields } from "./ProfileFields";
import { type ProfileValues, profileWish } from "./values";

export function EditProfile({ member }: { member: Member }) {
  const { t } = useTranslation();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may("members.write") || member.status === "erased") return null;
  return (
    <>
      <Button icon={<EditOutlined />} onClick={() => setOpen(true)}>
        {t("signUp.edit.open")}
      </Button>
      {isOpen && <EditDialog member={member} onClose={() => setOpen(false)} />}
    </>
  );
}

function EditDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<ProfileValues>();
  const change = useChangeProfile(member.id);
  // What somebody else changes meanwhile is refused by the version that was seen when the form opened.
  const [version] = useState(member.version);
  const submit = (values: ProfileValues) =>
    change.mutate(
      { version, body: profileWish(values) },
      {
        onSuccess: () => {
          void message.success(t("signUp.edit.done"));
          onClose();
        },
      },
    );
  return (
    <OperationDialog<ProfileValues>
      title={t("signUp.edit.title")}
      lead={t("signUp.edit.lead")}
      submit={t("signUp.edit.submit")}
      form={form}
      start={{ gender: member.gender ?? undefined, language: member.language ?? undefined }}
      error={change.error}
      isBusy={change.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <ProfileFields member={member} />
      <Form.Item name="language" label={t("signUp.language")}>
        <Select
          options={[
            { value: "zh-CN", label: t("frame.languageZh") },
            { value: "en", label: t("frame.languageEn") },
          ]}
        />
      </Form.Item>
      <Form.Item name="address" label={t("signUp.address")}>
        <Input maxLength={300} autoComplete="off" placeholder={member.address ?? ""} />
      </Form.Item>
    </OperationDialog>
  );
}
