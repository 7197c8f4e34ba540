import { App, Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../api/attempt";
import { type Entitlement, useEntitlementAct } from "../../api/benefits";
import { useStores } from "../../api/stores";
import { useFormat } from "../../kit/useFormat";
import { OperationDialog } from "../accounts/dialogs/OperationDialog";

interface Values {
  store?: number;
  order?: string;
}

interface Props {
  memberId: number;
  entitlement: Entitlement;
  onClose: () => void;
}

/** One unit over the counter. The key stays while the dialog is open, so that sending again hands over nothing more. */
export function UseDialog({ memberId, entitlement, onClose }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [key] = useState(newKey);
  const { data: stores } = useStores();
  const act = useEntitlementAct(memberId);
  const submit = ({ store, order }: Values) =>
    act.mutate(
      {
        kind: "use",
        id: entitlement.id,
        key,
        handover: { store_id: store ?? null, order_number: order?.trim() || null },
      },
      {
        onSuccess: () => {
          void message.success(t("benefits.use.done", { gift: name(entitlement.gift_told) }));
          onClose();
        },
      },
    );
  return (
    <OperationDialog<Values>
      title={t("benefits.use.title", { gift: name(entitlement.gift_told) })}
      lead={t("benefits.use.lead")}
      submit={t("benefits.use.submit")}
      form={form}
      error={act.error}
      isBusy={act.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="store" label={t("benefits.use.store")}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          options={stores
            ?.filter((store) => store.status === "open")
            .map((store) => ({ value: store.id, label: store.name }))}
        />
      </Form.Item>
      <Form.Item name="order" label={t("benefits.use.order")}>
        <Input maxLength={100} />
      </Form.Item>
    </OperationDialog>
  );
}
