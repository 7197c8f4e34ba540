import { Button, Checkbox, DatePicker, Form, Input, InputNumber, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import {
  type ApiKey,
  type MadeApiKey,
  type NewApiKey,
  useChangeApiKey,
  useMakeApiKey,
} from "../../api/apiKeys";
import { useStores } from "../../api/stores";
import { Refusal } from "../../kit/Refusal";
import { changesOf, type FormValues, valuesOf, wishOf } from "./formValues";
import { ScopePicker } from "./ScopePicker";

export function ApiKeyForm({ onDone }: { onDone: (made: MadeApiKey) => void }) {
  const { t } = useTranslation();
  const make = useMakeApiKey();
  return (
    <Fields
      error={make.error}
      isBusy={make.isPending}
      submit={t("apiKeys.form.make")}
      onFinish={(values) => make.mutate(wishOf(values), { onSuccess: onDone })}
    />
  );
}

export function ApiKeyChange({ row, onDone }: { row: ApiKey; onDone: () => void }) {
  const { t } = useTranslation();
  const change = useChangeApiKey(row.id);
  return (
    <Fields
      row={row}
      error={change.error}
      isBusy={change.isPending}
      submit={t("apiKeys.form.save")}
      onFinish={(values) => {
        const wish = changesOf(row, values);
        if (Object.keys(wish).length === 0) onDone();
        else change.mutate(wish as NewApiKey, { onSuccess: onDone });
      }}
    />
  );
}

interface Props {
  row?: ApiKey;
  error: unknown;
  isBusy: boolean;
  submit: string;
  onFinish: (values: FormValues) => void;
}

function Fields({ row, error, isBusy, submit, onFinish }: Props) {
  const { t } = useTranslation();
  const { data: stores } = useStores();
  const [form] = Form.useForm<FormValues>();
  const isNarrowed = Form.useWatch("isNarrowed", form);
  const required = (message: string) => [{ required: true, message }];
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={valuesOf(row)}
      onFinish={() => onFinish(form.getFieldsValue(true) as FormValues)}
    >
      <Refusal error={error} />
      <Form.Item
        name="name"
        label={t("apiKeys.form.name")}
        extra={t("apiKeys.form.nameHint")}
        rules={required(t("apiKeys.form.nameNeeded"))}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="scopes"
        label={t("apiKeys.form.scopes")}
        extra={t("apiKeys.form.scopesHint")}
        rules={required(t("apiKeys.form.scopesNeeded"))}
      >
        <ScopePicker />
      </Form.Item>
      <Form.Item name="isNarrowed" label={t("apiKeys.form.stores")}>
        <Radio.Group
          options={[
            { value: false, label: t("apiKeys.allStores") },
            { value: true, label: t("apiKeys.form.someStores") },
          ]}
        />
      </Form.Item>
      {isNarrowed && (
        <Form.Item name="stores" rules={required(t("apiKeys.form.storesNeeded"))}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: "label" }}
            aria-label={t("apiKeys.form.stores")}
            options={stores?.map((store) => ({ value: String(store.id), label: store.name }))}
          />
        </Form.Item>
      )}
      <Form.Item name="addresses" label={t("apiKeys.form.addresses")} extra={t("apiKeys.form.addressesHint")}>
        <Select mode="tags" tokenSeparators={[",", " ", "，"]} open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="must_sign" valuePropName="checked" extra={t("apiKeys.form.signHint")}>
        <Checkbox>{t("apiKeys.form.sign")}</Checkbox>
      </Form.Item>
      <Form.Item
        name="requests_per_minute"
        label={t("apiKeys.form.limit")}
        extra={t("apiKeys.form.limitHint")}
      >
        <InputNumber min={1} max={1_000_000} precision={0} style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="expires_at" label={t("apiKeys.form.expires")} extra={t("apiKeys.form.expiresHint")}>
        <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" style={{ width: "100%" }} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={isBusy} block>
        {submit}
      </Button>
    </Form>
  );
}
