import { App, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { AttributionWish, MemberOverview, Relations } from "../../api/contract";
import { useAttribute, useEmployees } from "../../api/organization";
import { FormDialog } from "./FormDialog";
import { StoreField } from "./fields";
import { cleared } from "./values";

interface Values {
  store_id?: number | null;
  employee_id?: number | null;
  manager_id?: number | null;
  reason: string;
}

interface Props {
  overview: MemberOverview;
  manager: Relations["manager"];
  onClose: () => void;
}

/** Which store a member belongs to, and who looks after them from now on. */
export function AttributionForm({ overview, manager, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { member } = overview;
  const [form] = Form.useForm<Values>();
  const employees = useEmployees();
  const attribute = useAttribute();
  const people = employees.data?.filter((one) => one.state === "active") ?? [];
  const options = people.map((one) => ({ value: one.id, label: `${one.name} · ${one.code}` }));
  const start = {
    store_id: member.store?.id ?? null,
    employee_id: people.find((one) => one.name === member.employee)?.id ?? null,
    manager_id: manager?.id ?? null,
  };
  const submit = (values: Values) => {
    const said = cleared(values, ["store_id", "employee_id", "manager_id"]);
    // Only what somebody changed is said: what the form could not show stays as it is.
    const touched = (["store_id", "employee_id", "manager_id"] as const).filter((key) =>
      form.isFieldTouched(key),
    );
    const body: AttributionWish = {
      members: [String(member.id)],
      reason: said.reason.trim(),
      dry_run: false,
    };
    for (const key of touched) body[key] = said[key];
    attribute.mutate(body, {
      onSuccess: () => {
        void message.success(t("organization.relations.saved"));
        onClose();
      },
    });
  };
  if (!employees.data) return null;
  return (
    <FormDialog<Values>
      title={t("organization.relations.change")}
      form={form}
      start={start}
      error={attribute.error}
      isBusy={attribute.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <StoreField label={t("organization.relations.store")} />
      <Form.Item name="employee_id" label={t("organization.relations.employee")}>
        <Select allowClear showSearch={{ optionFilterProp: "label" }} options={options} />
      </Form.Item>
      <Form.Item name="manager_id" label={t("organization.relations.manager")}>
        <Select allowClear showSearch={{ optionFilterProp: "label" }} options={options} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t("organization.relations.reason")}
        rules={[{ required: true, min: 2, whitespace: true, message: t("organization.stores.form.needed") }]}
      >
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}
