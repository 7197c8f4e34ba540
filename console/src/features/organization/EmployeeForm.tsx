import { App, DatePicker, Form, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import type { Employee, NewEmployee } from "../../api/contract";
import { useSaveEmployee } from "../../api/organization";
import { FormDialog } from "./FormDialog";
import { CodeField, NameField, StoreField } from "./fields";
import styles from "./organization.module.css";
import { cleared } from "./values";

type Values = Omit<NewEmployee, "joined_on"> & { joined_on?: Dayjs | null };

export function EmployeeForm({ employee, onClose }: { employee: Employee | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const save = useSaveEmployee();
  const submit = (values: Values) => {
    const said: NewEmployee = { ...values, joined_on: values.joined_on?.format("YYYY-MM-DD") ?? null };
    save.mutate(
      { id: employee?.id ?? null, body: cleared(said, ["title", "store_id", "joined_on"]) },
      {
        onSuccess: () => {
          void message.success(t("organization.employees.saved"));
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog<Values>
      title={
        employee
          ? t("organization.employees.form.edit", { name: employee.name })
          : t("organization.employees.form.add")
      }
      form={form}
      start={
        employee ? { ...employee, joined_on: employee.joined_on ? dayjs(employee.joined_on) : null } : {}
      }
      error={save.error}
      isBusy={save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {!employee && (
        <CodeField
          label={t("organization.employees.form.code")}
          help={t("organization.employees.form.codeHelp")}
        />
      )}
      <NameField label={t("organization.employees.form.name")} />
      <Form.Item
        name="title"
        label={t("organization.employees.form.title")}
        extra={t("organization.employees.form.titleHelp")}
      >
        <Input maxLength={40} />
      </Form.Item>
      <StoreField label={t("organization.employees.form.store")} />
      <Form.Item name="joined_on" label={t("organization.employees.form.joined")}>
        <DatePicker className={styles.full} placeholder="" />
      </Form.Item>
    </FormDialog>
  );
}
