import { App, Button, Form, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import type { NewRegion, Region } from "../../api/contract";
import { useRemoveRegion, useSaveRegion } from "../../api/organization";
import { FormDialog } from "./FormDialog";
import { CodeField, NameField, RegionField } from "./fields";
import { cleared } from "./values";

interface Props {
  region: Region | null;
  parent: number | null;
  onClose: () => void;
}

export function RegionForm({ region, parent, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<NewRegion>();
  const save = useSaveRegion();
  const remove = useRemoveRegion();
  const done = (text: string) => () => {
    void message.success(text);
    onClose();
  };
  return (
    <FormDialog<NewRegion>
      title={region ? t("organization.regions.editOf", { name: region.name }) : t("organization.regions.add")}
      form={form}
      start={region ?? { parent_id: parent }}
      error={save.error ?? remove.error}
      isBusy={save.isPending}
      onSubmit={(values) =>
        save.mutate(
          { id: region?.id ?? null, body: cleared(values, ["parent_id"]) },
          { onSuccess: done(t("organization.regions.saved")) },
        )
      }
      onClose={onClose}
    >
      {!region && (
        <CodeField label={t("organization.stores.form.code")} help={t("organization.stores.form.codeHelp")} />
      )}
      <NameField label={t("organization.stores.form.name")} />
      <RegionField name="parent_id" label={t("organization.regions.parent")} without={region?.id} />
      {region && (
        <Popconfirm
          title={t("organization.regions.removeAsk", { name: region.name })}
          description={t("organization.regions.removeHint")}
          okText={t("organization.regions.remove")}
          cancelText={t("organization.stores.form.cancel")}
          onConfirm={() => remove.mutate(region.id, { onSuccess: done(t("organization.regions.removed")) })}
        >
          <Button danger type="link" loading={remove.isPending}>
            {t("organization.regions.remove")}
          </Button>
        </Popconfirm>
      )}
    </FormDialog>
  );
}
