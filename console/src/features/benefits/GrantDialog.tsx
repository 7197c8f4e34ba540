import { App, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../api/attempt";
import { useBenefits, useEntitlementAct } from "../../api/benefits";
import { useFormat } from "../../kit/useFormat";
import { OperationDialog } from "../accounts/dialogs/OperationDialog";
import styles from "./benefits.module.css";
import { giftKinds } from "./kinds";

interface Values {
  benefit: string;
  reason: string;
  days?: number | null;
}

/** A gift apart from its occasions, with the reason that stays beside it. */
export function GrantDialog({ memberId, onClose }: { memberId: number; onClose: () => void }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [key] = useState(newKey);
  const { data: benefits } = useBenefits();
  const act = useEntitlementAct(memberId);
  const gifts = benefits?.filter((one) => one.is_on && giftKinds.some((kind) => kind === one.kind));
  const needed = [{ required: true, message: t("benefits.form.needed") }];
  return (
    <OperationDialog<Values>
      title={t("benefits.grant.title")}
      lead={t("benefits.grant.lead")}
      submit={t("benefits.grant.submit")}
      form={form}
      error={act.error}
      isBusy={act.isPending}
      onSubmit={({ benefit, reason, days }) =>
        act.mutate(
          { kind: "grant", benefit, reason, validDays: days ?? null, key },
          {
            onSuccess: () => {
              void message.success(t("benefits.grant.done"));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <Form.Item name="benefit" label={t("benefits.grant.benefit")} rules={needed}>
        <Select
          notFoundContent={t("benefits.grant.none")}
          options={gifts?.map((one) => ({ value: one.code, label: name(one.name) }))}
        />
      </Form.Item>
      <Form.Item name="reason" label={t("benefits.grant.reason")} rules={needed}>
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} />
      </Form.Item>
      <Form.Item name="days" label={t("benefits.grant.days")} extra={t("benefits.grant.daysHelp")}>
        <InputNumber className={styles.full} min={1} max={3660} precision={0} />
      </Form.Item>
    </OperationDialog>
  );
}
