import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useEmployees } from "../../../api/organization";
import { useMay } from "../../../api/session";
import { useStores } from "../../../api/stores";

/** Where somebody signs up, and with whose help: those of the chosen store, and those who belong to none. */
export function PlaceFields() {
  const { t } = useTranslation();
  const may = useMay();
  const form = Form.useFormInstance();
  const store = Form.useWatch<number | undefined>("store_id", form);
  const mayStores = may("stores.read");
  const stores = useStores(mayStores);
  const mayEmployees = may("employees.read");
  const employees = useEmployees(mayEmployees);
  return (
    <>
      {mayStores && (
        <Form.Item name="store_id" label={t("signUp.store")}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            onChange={() => form.resetFields(["employee_id"])}
            options={stores.data
              ?.filter((one) => one.status === "open")
              .map((one) => ({ value: one.id, label: one.name }))}
          />
        </Form.Item>
      )}
      {mayEmployees && (
        <Form.Item name="employee_id" label={t("signUp.employee")} extra={t("signUp.employeeHelp")}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            options={employees.data
              ?.filter((one) => one.state === "active")
              .filter((one) => !store || one.store_id === null || one.store_id === store)
              .map((one) => ({ value: one.id, label: one.name }))}
          />
        </Form.Item>
      )}
    </>
  );
}
