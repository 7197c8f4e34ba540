import { App, DatePicker, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../api/attempt";
import { type FollowUp, useAddFollowUp, useAssignees, useChangeFollowUp } from "../../api/notes";
import { useSession } from "../../api/session";
import { useSystem } from "../../api/system";
import { useFormat } from "../../kit/useFormat";
import { OperationDialog } from "../accounts/dialogs/OperationDialog";
import { instantIn, wallTimeIn } from "./zoned";

interface Values {
  text: string;
  due: Dayjs;
  assignee: number;
}

interface Props {
  member: number;
  /** The follow-up that is changed; without it a new one is arranged. */
  known?: FollowUp;
  onClose: () => void;
}

export function FollowUpDialog({ member, known, onClose }: Props) {
  const { t } = useTranslation();
  const { zone } = useFormat();
  const { message } = App.useApp();
  const { data: session } = useSession();
  const now = useSystem().data?.now;
  const [form] = Form.useForm<Values>();
  const [key, setKey] = useState(newKey);
  const add = useAddFollowUp(member);
  const change = useChangeFollowUp();
  const assignees = useAssignees(true).data?.items ?? [];
  const me = session?.user.id;
  const start: Partial<Values> = known
    ? { text: known.text, due: dayjs(wallTimeIn(known.due_at, zone)), assignee: known.assignee_id }
    : { due: tomorrowMorning(now ? wallTimeIn(now, zone) : undefined), assignee: me };
  const sent = {
    onSuccess: () => {
      void message.success(t("notes.saved"));
      onClose();
    },
    onError: () => setKey(newKey()),
  };
  const submit = ({ text, due, assignee }: Values) => {
    const at = instantIn(due.format("YYYY-MM-DDTHH:mm"), zone);
    const body = { text: text.trim(), due_at: at, assignee_id: assignee };
    if (known) change.mutate({ one: known, body }, sent);
    else add.mutate({ key, body }, sent);
  };
  return (
    <OperationDialog<Values>
      title={t(known ? "notes.dialog.change" : "notes.dialog.new")}
      submit={t("notes.dialog.submit")}
      form={form}
      start={start}
      error={add.error ?? change.error}
      isBusy={add.isPending || change.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="text"
        label={t("notes.dialog.what")}
        rules={[{ required: true, whitespace: true, message: t("notes.dialog.whatMissing") }]}
      >
        <Input.TextArea rows={2} maxLength={500} placeholder={t("notes.dialog.whatHint")} />
      </Form.Item>
      <Form.Item
        name="due"
        label={t("notes.dialog.due")}
        rules={[{ required: true, message: t("notes.dialog.dueMissing") }]}
      >
        <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item
        name="assignee"
        label={t("notes.dialog.assignee")}
        rules={[{ required: true, message: t("notes.dialog.assigneeMissing") }]}
      >
        <Select
          showSearch={{ optionFilterProp: "label" }}
          options={assignees.map(({ id, name }) => ({
            value: id,
            label: id === me ? t("notes.dialog.me", { name }) : name,
          }))}
        />
      </Form.Item>
    </OperationDialog>
  );
}

/** Most things are to be done the next morning. */
function tomorrowMorning(now?: string): Dayjs {
  return dayjs(now).add(1, "day").hour(10).minute(0).second(0).millisecond(0);
}
