import { App, Button, Form } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MemberOverview } from "../../api/contract";
import { useFieldsInUse, useSaveCustom } from "../../api/customFields";
import { useMay } from "../../api/session";
import { Fact, Facts } from "../../kit/Facts";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { CustomInputs } from "./CustomInputs";
import styles from "./customFields.module.css";
import { useTold } from "./useTold";

/** What the shop wanted to know beyond the profile, shown and filled in at one place. */
export function CustomCard({ overview }: { overview: MemberOverview }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const told = useTold();
  const may = useMay();
  const fields = useFieldsInUse();
  const [isEditing, setEditing] = useState(false);
  const { member } = overview;
  if (isEditing) return <Editing overview={overview} onClose={() => setEditing(false)} />;
  if (fields.length === 0) return <div className={styles.quiet}>{t("customFields.empty.title")}</div>;
  return (
    <>
      <Facts>
        {fields.map((field) => (
          <Fact key={field.key} term={name(field.label)}>
            {told(field, member.custom[field.key])}
          </Fact>
        ))}
      </Facts>
      {may("members.write") && (
        <Button className={styles.gap} size="small" onClick={() => setEditing(true)}>
          {t("customFields.values.edit")}
        </Button>
      )}
    </>
  );
}

function Editing({ overview, onClose }: { overview: MemberOverview; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const fields = useFieldsInUse();
  const { member } = overview;
  // What is masked is not put into the form: leaving it empty leaves it as it is.
  const [start] = useState(() =>
    Object.fromEntries(
      fields.filter((one) => !one.is_personal).map((one) => [one.key, member.custom[one.key]]),
    ),
  );
  const save = useSaveCustom(member.id);
  const [form] = Form.useForm<Record<string, unknown>>();
  const submit = (values: Record<string, unknown>) => {
    const custom = Object.fromEntries(
      fields.filter(({ key }) => form.isFieldTouched(key)).map(({ key }) => [key, values[key] ?? null]),
    );
    save.mutate(
      { version: member.version, custom },
      {
        onSuccess: () => {
          void message.success(t("customFields.values.saved"));
          onClose();
        },
      },
    );
  };
  return (
    <Form form={form} layout="vertical" initialValues={start} onFinish={submit}>
      <CustomInputs fields={fields} filled={member.custom} />
      <Refusal error={save.error} />
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t("customFields.values.save")}
      </Button>{" "}
      <Button onClick={onClose}>{t("customFields.values.cancel")}</Button>
    </Form>
  );
}
