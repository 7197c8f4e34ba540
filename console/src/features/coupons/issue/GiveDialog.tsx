import { App, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../../api/attempt";
import { useGiveCoupon } from "../../../api/couponIssue";
import { OperationDialog } from "../../accounts/dialogs/OperationDialog";
import { MemberSelect } from "../../accounts/MemberSelect";
import { TemplateSelect } from "./TemplateSelect";

interface Values {
  member?: number;
  template?: string;
  reason: string;
}

interface Props {
  /** Who is given it, where that is known; else it is asked. */
  memberId?: number;
  /** What is given, where that is known; else it is asked. */
  template?: string;
  onClose: () => void;
}

/** One coupon for one member, with the reason that stays beside it. */
export function GiveDialog({ memberId, template, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [key] = useState(newKey);
  const give = useGiveCoupon();
  const needed = [{ required: true, message: t("couponIssue.needed") }];
  const submit = (values: Values) =>
    give.mutate(
      {
        key,
        member: String(memberId ?? values.member),
        template: template ?? values.template ?? "",
        reason: values.reason.trim(),
      },
      {
        onSuccess: (given) => {
          void message.success(t("couponIssue.give.done", { code: given.code }));
          onClose();
        },
      },
    );
  return (
    <OperationDialog<Values>
      title={t("couponIssue.give.title")}
      lead={t("couponIssue.give.lead")}
      submit={t("couponIssue.give.submit")}
      form={form}
      error={give.error}
      isBusy={give.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {memberId === undefined && (
        <Form.Item
          name="member"
          label={t("couponIssue.give.member")}
          extra={t("couponIssue.give.memberHelp")}
          rules={needed}
        >
          <MemberSelect without={0} />
        </Form.Item>
      )}
      {template === undefined && (
        <Form.Item name="template" label={t("couponIssue.give.template")} rules={needed}>
          <TemplateSelect />
        </Form.Item>
      )}
      <Form.Item
        name="reason"
        label={t("couponIssue.reason")}
        extra={t("couponIssue.reasonHelp")}
        rules={[{ required: true, whitespace: true, message: t("couponIssue.needed") }]}
      >
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} />
      </Form.Item>
    </OperationDialog>
  );
}
