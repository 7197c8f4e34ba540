import { App, DatePicker, Form, Input, InputNumber } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../../api/attempt";
import { type CouponBatch, useMakeBatch } from "../../../api/couponBatches";
import { OperationDialog } from "../../accounts/dialogs/OperationDialog";

interface Values {
  name: string;
  count: number;
  prefix?: string;
  useBy?: Dayjs | null;
}

interface Props {
  template: string;
  onMade: (batch: CouponBatch) => void;
  onClose: () => void;
}

/** Has codes made in the background. */
export function MakeDialog({ template, onMade, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [key, setKey] = useState(newKey);
  const make = useMakeBatch(template);
  const needed = { required: true, message: t("couponBatches.makeDialog.needed") };
  const submit = (values: Values) =>
    make.mutate(
      {
        key,
        name: values.name.trim(),
        count: values.count,
        prefix: (values.prefix ?? "").trim().toUpperCase(),
        use_by: values.useBy?.format("YYYY-MM-DD") ?? null,
      },
      {
        onSuccess: (batch) => {
          void message.success(t("couponBatches.makeDialog.asked"));
          onMade(batch);
        },
        onError: () => setKey(newKey()),
      },
    );
  return (
    <OperationDialog<Values>
      title={t("couponBatches.makeDialog.title")}
      lead={t("couponBatches.makeDialog.lead")}
      submit={t("couponBatches.makeDialog.submit")}
      form={form}
      start={{ count: 1000 }}
      error={make.error}
      isBusy={make.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t("couponBatches.makeDialog.name")}
        extra={t("couponBatches.makeDialog.nameHelp")}
        rules={[{ ...needed, whitespace: true }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="count"
        label={t("couponBatches.makeDialog.count")}
        extra={t("couponBatches.makeDialog.countHelp")}
        rules={[needed]}
      >
        <InputNumber min={1} max={10_000_000} precision={0} style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item
        name="prefix"
        label={t("couponBatches.makeDialog.prefix")}
        extra={t("couponBatches.makeDialog.prefixHelp")}
        rules={[{ pattern: /^[2-9A-HJKMNP-TV-Z]{0,8}$/i, message: t("couponBatches.makeDialog.prefixBad") }]}
      >
        <Input maxLength={8} style={{ width: 160 }} />
      </Form.Item>
      <Form.Item
        name="useBy"
        label={t("couponBatches.makeDialog.useBy")}
        extra={t("couponBatches.makeDialog.useByHelp")}
      >
        <DatePicker style={{ width: 200 }} />
      </Form.Item>
    </OperationDialog>
  );
}
