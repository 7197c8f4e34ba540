import { PlusOutlined } from "@ant-design/icons";
import { App, Button, Checkbox, Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Refused } from "../../../api/client";
import { type NewIdentity, useAddIdentity } from "../../../api/identities";
import { useMay } from "../../../api/session";
import { OperationDialog } from "../../accounts/dialogs/OperationDialog";

/** The button that lets a member be known by one more identity. */
export function AddIdentity({ member }: { member: number }) {
  const { t } = useTranslation();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may("members.write")) return null;
  return (
    <>
      <Button icon={<PlusOutlined />} onClick={() => setOpen(true)}>
        {t("memberIdentity.add.open")}
      </Button>
      {isOpen && <AddDialog member={member} onClose={() => setOpen(false)} />}
    </>
  );
}

interface Values {
  kind: NewIdentity["kind"];
  value: string;
  source?: string;
  takeOver?: boolean;
}

const kinds: readonly NewIdentity["kind"][] = [
  "phone",
  "email",
  "card",
  "external",
  "wechat",
  "wecom",
  "alipay",
];

function AddDialog({ member, onClose }: { member: number; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay();
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch("kind", form) ?? "phone";
  const add = useAddIdentity(member);
  const isTaken = add.error instanceof Refused && add.error.problem.code === taken;
  const hasSource = kind !== "phone" && kind !== "email";
  const submit = ({ value, source, takeOver }: Values) =>
    add.mutate(
      {
        kind,
        value: value.trim(),
        source: hasSource ? (source?.trim() ?? "") : "",
        take_over: isTaken && takeOver === true,
      },
      {
        onSuccess: () => {
          void message.success(t("memberIdentity.add.done"));
          onClose();
        },
      },
    );
  return (
    <OperationDialog<Values>
      title={t("memberIdentity.add.title")}
      lead={t("memberIdentity.add.lead")}
      submit={t("memberIdentity.add.submit")}
      form={form}
      start={{ kind: "phone" }}
      error={add.error}
      isBusy={add.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t("members.identities.column.kind")}>
        <Select
          options={kinds.map((value) => ({ value, label: t(`memberIdentity.kind.${value}`) }))}
          onChange={() => add.reset()}
        />
      </Form.Item>
      <Form.Item
        name="value"
        label={t("memberIdentity.add.value")}
        extra={kind === "phone" ? t("memberIdentity.add.phoneHelp") : undefined}
        rules={[{ required: true, whitespace: true, message: t("memberIdentity.add.valueMissing") }]}
      >
        <Input maxLength={300} autoComplete="off" />
      </Form.Item>
      {hasSource && (
        <Form.Item
          name="source"
          label={t("memberIdentity.add.source")}
          extra={t("memberIdentity.add.sourceHelp")}
          rules={[
            {
              required: kind === "external",
              whitespace: true,
              message: t("memberIdentity.add.sourceMissing"),
            },
          ]}
        >
          <Input maxLength={100} />
        </Form.Item>
      )}
      {isTaken && may("members.merge") && (
        <Form.Item name="takeOver" valuePropName="checked" extra={t("memberIdentity.add.takeOverHelp")}>
          <Checkbox>{t("memberIdentity.add.takeOver")}</Checkbox>
        </Form.Item>
      )}
    </OperationDialog>
  );
}

const taken = "members.identity_taken";
