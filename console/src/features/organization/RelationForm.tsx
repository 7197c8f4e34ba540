import { App, Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { FamilyRole } from "../../api/contract";
import { useRelate } from "../../api/relations";
import { MemberSelect } from "../accounts/MemberSelect";
import { FormDialog } from "./FormDialog";

const roles = ["spouse", "parent", "child", "sibling", "other"] as const satisfies readonly FamilyRole[];

interface Values {
  who: number;
  role: FamilyRole;
}

interface Props {
  member: number;
  what: "family" | "inviter";
  onClose: () => void;
}

export function RelationForm({ member, what, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const relate = useRelate(String(member));
  const isFamily = what === "family";
  return (
    <FormDialog<Values>
      title={t(isFamily ? "organization.relations.addFamily" : "organization.relations.setInviter")}
      form={form}
      start={{ role: "spouse" }}
      error={relate.error}
      isBusy={relate.isPending}
      onSubmit={({ who, role }) =>
        relate.mutate(isFamily ? { what, member: String(who), role } : { what, member: String(who) }, {
          onSuccess: () => {
            void message.success(t("organization.relations.saved"));
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      <Form.Item
        name="who"
        label={t("organization.relations.who")}
        extra={t("organization.relations.whoHelp")}
        rules={[{ required: true, message: t("organization.stores.form.needed") }]}
      >
        <MemberSelect without={member} />
      </Form.Item>
      {isFamily && (
        <Form.Item name="role" label={t("organization.relations.isWhat")}>
          <Select
            options={roles.map((value) => ({ value, label: t(`organization.relations.role.${value}`) }))}
          />
        </Form.Item>
      )}
    </FormDialog>
  );
}
