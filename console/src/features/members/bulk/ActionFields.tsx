import { Form, InputNumber, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useCurrencies } from "../../../api/currencies";
import { useFieldsInUse } from "../../../api/customFields";
import { useEmployees } from "../../../api/organization";
import { useStores } from "../../../api/stores";
import { useFormat } from "../../../kit/useFormat";
import { TemplateSelect } from "../../coupons/issue/TemplateSelect";
import { FieldInput } from "../../customFields/FieldInput";
import styles from "./bulk.module.css";
import type { ActionKey } from "./wish";

/** What an action has to be told. */
export function ActionFields({ action }: { action: ActionKey }) {
  if (action === "attribution") return <AttributionFields />;
  if (action === "status") return <StatusField />;
  if (action === "points") return <PointsFields />;
  if (action === "coupon") return <CouponField />;
  return <CustomField />;
}

function useNeeded() {
  const { t } = useTranslation();
  return [{ required: true, message: t("bulk.needed") }];
}

function AttributionFields() {
  const { t } = useTranslation();
  const stores = useStores();
  const employees = useEmployees();
  const people = employees.data?.filter((one) => one.state === "active") ?? [];
  return (
    <>
      <Form.Item name="store_id" label={t("bulk.store")}>
        <Select
          allowClear
          placeholder={t("bulk.keep")}
          showSearch={{ optionFilterProp: "label" }}
          options={stores.data?.map((store) => ({ value: store.id, label: store.name }))}
        />
      </Form.Item>
      <Form.Item
        name="employee_id"
        label={t("bulk.employee")}
        dependencies={["store_id"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value || getFieldValue("store_id")
                ? Promise.resolve()
                : Promise.reject(new Error(t("bulk.chooseOne"))),
          }),
        ]}
      >
        <Select
          allowClear
          placeholder={t("bulk.keep")}
          showSearch={{ optionFilterProp: "label" }}
          options={people.map((one) => ({ value: one.id, label: `${one.name} · ${one.code}` }))}
        />
      </Form.Item>
    </>
  );
}

function StatusField() {
  const { t } = useTranslation();
  return (
    <Form.Item name="status" label={t("bulk.status.label")} rules={useNeeded()}>
      <Radio.Group
        options={[
          { value: "frozen", label: t("bulk.status.frozen") },
          { value: "active", label: t("bulk.status.active") },
        ]}
      />
    </Form.Item>
  );
}

function PointsFields() {
  const { t } = useTranslation();
  const { name } = useFormat();
  const currencies = useCurrencies();
  const needed = useNeeded();
  return (
    <>
      <Form.Item name="amount" label={t("bulk.amount")} rules={needed}>
        <InputNumber className={styles.full} min={1} max={1_000_000_000} precision={0} />
      </Form.Item>
      {(currencies.data?.length ?? 0) > 1 && (
        <Form.Item name="currency" label={t("bulk.currency")} initialValue="points">
          <Select options={currencies.data?.map((one) => ({ value: one.code, label: name(one.name) }))} />
        </Form.Item>
      )}
    </>
  );
}

function CouponField() {
  const { t } = useTranslation();
  return (
    <Form.Item name="template" label={t("bulk.template")} rules={useNeeded()}>
      <TemplateSelect />
    </Form.Item>
  );
}

function CustomField() {
  const { t } = useTranslation();
  const { name } = useFormat();
  const fields = useFieldsInUse().filter((field) => !field.is_personal);
  const key = Form.useWatch<string | undefined>("key");
  const chosen = fields.find((field) => field.key === key);
  return (
    <>
      <Form.Item name="key" label={t("bulk.field")} rules={useNeeded()}>
        <Select options={fields.map((field) => ({ value: field.key, label: name(field.label) }))} />
      </Form.Item>
      {chosen && (
        <Form.Item key={chosen.key} name="value" label={t("bulk.value")} extra={t("bulk.valueHint")}>
          <FieldInput field={chosen} />
        </Form.Item>
      )}
    </>
  );
}
