import { App, DatePicker, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecordActivity } from "../../api/activities";
import { newKey } from "../../api/attempt";
import type { Member, NewActivity, RecordedActivity } from "../../api/contract";
import { useSystem } from "../../api/system";
import { nameOf } from "../../kit/nameOf";
import { useFormat } from "../../kit/useFormat";
import { OperationDialog } from "../accounts/dialogs/OperationDialog";
import { MemberSelect } from "../accounts/MemberSelect";
import styles from "./activities.module.css";
import { type ByHand, byHand } from "./kinds";
import { instantOf, onTheWall } from "./shopTime";

interface Values {
  kind: ByHand;
  event?: string;
  when: Dayjs;
  invited?: number;
  note?: string;
}

/** Notes something that the member did. The answer says what it earned, or why nothing. */
export function RecordDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation();
  const { signed, name, zone } = useFormat();
  const { message } = App.useApp();
  const { data: system } = useSystem();
  const [form] = Form.useForm<Values>();
  const [key] = useState(newKey);
  const record = useRecordActivity();
  const kind = Form.useWatch("kind", form);
  // The shop's clock and zone, and not this machine's: what is recorded lies in the shop's present.
  const now = dayjs(onTheWall(system?.now ?? new Date().toISOString(), zone));
  const tell = (answer: RecordedActivity) => {
    const earned = answer.given.filter(({ amount }) => amount > 0);
    if (earned.length === 0) {
      void message.info(t("activities.done.nothing", { why: answer.nothing_because[0] ?? "" }));
      return;
    }
    const value = earned.map((one) => `${signed(one.amount)} ${name(one.account_name)}`).join(" · ");
    void message.success(t("activities.done.earned", { value }));
  };
  const submit = (values: Values) => {
    const note = values.note?.trim();
    const body: NewActivity = {
      source: "console",
      key,
      kind: values.kind,
      event: values.kind === "custom" ? (values.event?.trim() ?? null) : null,
      member: String(member.id),
      occurred_at: instantOf(values.when.format("YYYY-MM-DDTHH:mm"), zone),
      invited: values.kind === "referral" && values.invited ? String(values.invited) : null,
      payload: note ? { note } : {},
    };
    record.mutate(body, {
      onSuccess: (answer) => {
        tell(answer);
        onClose();
      },
    });
  };
  return (
    <OperationDialog<Values>
      title={t("activities.record")}
      lead={t("activities.form.lead", { name: nameOf(member) })}
      submit={t("activities.form.submit")}
      form={form}
      start={{ kind: "check_in", when: now }}
      error={record.error}
      isBusy={record.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="kind"
        label={t("activities.form.kind")}
        rules={[{ required: true, message: t("activities.form.kindMissing") }]}
      >
        <Select options={byHand.map((one) => ({ value: one, label: t(`activities.kind.${one}`) }))} />
      </Form.Item>
      {kind === "custom" && (
        <Form.Item
          name="event"
          label={t("activities.form.event")}
          extra={t("activities.form.eventHelp", { example: "scanned_poster" })}
          rules={[
            { required: true, pattern: /^[a-z][a-z0-9_]{0,59}$/, message: t("activities.form.eventMissing") },
          ]}
        >
          <Input maxLength={60} />
        </Form.Item>
      )}
      {kind === "referral" && (
        <Form.Item
          name="invited"
          label={t("activities.form.invited")}
          extra={t("activities.form.invitedHelp")}
        >
          <MemberSelect without={member.id} />
        </Form.Item>
      )}
      <Form.Item
        name="when"
        label={t("activities.form.when")}
        rules={[{ required: true, message: t("activities.form.whenMissing") }]}
      >
        <DatePicker
          className={styles.full}
          showTime={{ format: "HH:mm" }}
          format="YYYY-MM-DD HH:mm"
          maxDate={now}
          allowClear={false}
        />
      </Form.Item>
      <Form.Item
        name="note"
        label={t("activities.form.note")}
        extra={t("activities.form.noteHelp", { name: "note" })}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </OperationDialog>
  );
}
