import { App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { NewStore, Store } from "../../api/contract";
import { useSaveStore } from "../../api/organization";
import { FormDialog } from "./FormDialog";
import { CodeField, NameField, RegionField } from "./fields";
import { cleared } from "./values";

interface Props {
  store: Store | null;
  region: number | null;
  onClose: () => void;
}

const kept = ["name", "country", "region_id", "address", "opening_hours"] as const;

export function StoreForm({ store, region, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<NewStore>();
  const save = useSaveStore();
  const submit = (values: NewStore) =>
    save.mutate(
      { id: store?.id ?? null, body: cleared(values, kept) },
      {
        onSuccess: () => {
          void message.success(t("organization.stores.saved"));
          onClose();
        },
      },
    );
  return (
    <FormDialog<NewStore>
      title={
        store ? t("organization.stores.form.edit", { name: store.name }) : t("organization.stores.form.add")
      }
      form={form}
      start={store ?? { region_id: region }}
      error={save.error}
      isBusy={save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {!store && (
        <CodeField label={t("organization.stores.form.code")} help={t("organization.stores.form.codeHelp")} />
      )}
      <NameField label={t("organization.stores.form.name")} />
      <RegionField name="region_id" label={t("organization.stores.form.region")} />
      <Form.Item name="country" label={t("organization.stores.form.country")}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="address" label={t("organization.stores.form.address")}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item
        name="opening_hours"
        label={t("organization.stores.form.hours")}
        extra={t("organization.stores.form.hoursHelp")}
      >
        <Input maxLength={300} />
      </Form.Item>
    </FormDialog>
  );
}
