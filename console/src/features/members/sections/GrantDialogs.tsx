import { App, DatePicker, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../../api/attempt";
import type { Member, MemberTier } from "../../../api/contract";
import { useSystem } from "../../../api/system";
import { useEndGrant, useGrantLevel, useTiers } from "../../../api/tiers";
import { nameOf } from "../../../kit/nameOf";
import { useFormat } from "../../../kit/useFormat";
import { OperationDialog } from "../../accounts/dialogs/OperationDialog";

interface Given {
  level: string;
  until: Dayjs | null;
  reason: string;
}

/** Which level, until when, and why: it holds whatever the figures say, and then they are asked. */
export function GrantDialog({
  member,
  tier,
  onClose,
}: {
  member: Member;
  tier: MemberTier;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { name, dayOf } = useFormat();
  const { message } = App.useApp();
  const [form] = Form.useForm<Given>();
  const [key] = useState(newKey);
  const tiers = useTiers();
  const { data: system } = useSystem();
  const grant = useGrantLevel(member.id);
  const today = system ? dayjs(dayOf(system.now)) : dayjs();
  const levels = tiers.data?.levels.toSorted((a, b) => b.rank - a.rank) ?? [];
  const submit = ({ level, until, reason }: Given) =>
    grant.mutate(
      { key, body: { level, until: until?.format("YYYY-MM-DD") ?? null, reason: reason.trim() } },
      {
        onSuccess: () => {
          void message.success(t("members.grant.given"));
          onClose();
        },
      },
    );
  return (
    <OperationDialog<Given>
      title={t("members.grant.title", { name: nameOf(member) })}
      lead={t("members.grant.lead")}
      submit={t("members.grant.give")}
      form={form}
      start={{ level: tier.next?.level.code ?? tier.level?.code, until: today.add(1, "year") }}
      error={grant.error}
      isBusy={grant.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="level"
        label={t("members.grant.level")}
        rules={[{ required: true, message: t("programme.form.needed") }]}
      >
        <Select
          loading={tiers.isPending}
          options={levels.map((level) => ({ value: level.code, label: name(level.name) }))}
        />
      </Form.Item>
      <Form.Item name="until" label={t("members.grant.until")} extra={t("members.grant.untilHelp")}>
        <DatePicker
          format="YYYY-MM-DD"
          placeholder=""
          minDate={today}
          style={{ width: "100%" }}
          aria-label={t("members.grant.until")}
        />
      </Form.Item>
      <Reason />
    </OperationDialog>
  );
}

export function EndGrantDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const [key] = useState(newKey);
  const end = useEndGrant(member.id);
  const submit = ({ reason }: { reason: string }) =>
    end.mutate(
      { key, reason: reason.trim() },
      {
        onSuccess: () => {
          void message.success(t("members.grant.ended"));
          onClose();
        },
      },
    );
  return (
    <OperationDialog<{ reason: string }>
      title={t("members.grant.endTitle", { name: nameOf(member) })}
      lead={t("members.grant.endLead")}
      submit={t("members.grant.end")}
      form={form}
      error={end.error}
      isBusy={end.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Reason />
    </OperationDialog>
  );
}

function Reason() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="reason"
      label={t("members.grant.reason")}
      extra={t("members.grant.reasonHelp")}
      rules={[{ required: true, whitespace: true, min: 2, message: t("programme.form.needed") }]}
    >
      <Input.TextArea rows={2} maxLength={300} />
    </Form.Item>
  );
}
