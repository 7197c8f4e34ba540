import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useRegions } from "../../api/organization";
import { useStores } from "../../api/stores";

export function CodeField({ label, help }: { label: string; help: string }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="code"
      label={label}
      extra={help}
      rules={[
        {
          required: true,
          pattern: /^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/,
          message: t("organization.stores.form.codeWrong"),
        },
      ]}
    >
      <Input maxLength={40} />
    </Form.Item>
  );
}

export function NameField({ label }: { label: string }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="name"
      label={label}
      rules={[{ required: true, whitespace: true, message: t("organization.stores.form.needed") }]}
    >
      <Input maxLength={80} />
    </Form.Item>
  );
}

export function RegionField({
  name,
  label,
  without,
}: {
  name: string;
  label: string;
  without?: number | null;
}) {
  const { t } = useTranslation();
  const { data } = useRegions();
  return (
    <Form.Item name={name} label={label}>
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        placeholder={t("organization.regions.top")}
        options={data?.filter((one) => one.id !== without).map((one) => ({ value: one.id, label: one.name }))}
      />
    </Form.Item>
  );
}

export function StoreField({ label }: { label: string }) {
  const { data } = useStores();
  return (
    <Form.Item name="store_id" label={label}>
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        options={data
          ?.filter((one) => one.status === "open")
          .map((one) => ({ value: one.id, label: one.name }))}
      />
    </Form.Item>
  );
}
