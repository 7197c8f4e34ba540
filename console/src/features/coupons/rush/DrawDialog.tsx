import { App, DatePicker, Form, InputNumber } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../../api/attempt";
import { useAnnounceDraw } from "../../../api/couponRush";
import type { CouponTemplateDetail } from "../../../api/coupons";
import { useSystem } from "../../../api/system";
import { useFormat } from "../../../kit/useFormat";
import { OperationDialog } from "../../accounts/dialogs/OperationDialog";
import { instantOf, onTheWall } from "../../activities/shopTime";

interface Values {
  period: [Dayjs, Dayjs];
  winners: number;
}

const wall = "YYYY-MM-DDTHH:mm";

/** Arranges a draw; its seed is promised in the same moment. Times are the shop's. */
export function DrawDialog({ template, onClose }: { template: CouponTemplateDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { zone } = useFormat();
  const { data: system } = useSystem();
  const [form] = Form.useForm<Values>();
  const [key] = useState(newKey);
  const announce = useAnnounceDraw(template.code);
  const needed = [{ required: true, message: t("couponRush.dialog.needed") }];
  const now = dayjs(onTheWall(system?.now ?? new Date().toISOString(), zone));
  const submit = ({ period, winners }: Values) =>
    announce.mutate(
      {
        key,
        winners,
        opens_at: instantOf(period[0].format(wall), zone),
        closes_at: instantOf(period[1].format(wall), zone),
      },
      {
        onSuccess: (draw) => {
          void message.success(t("couponRush.dialog.done", { round: draw.round }));
          onClose();
        },
      },
    );
  return (
    <OperationDialog<Values>
      title={t("couponRush.dialog.title")}
      lead={t("couponRush.dialog.lead")}
      submit={t("couponRush.dialog.submit")}
      form={form}
      start={{ period: [now.add(10, "minute"), now.add(1, "day")] }}
      error={announce.error}
      isBusy={announce.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="period"
        label={t("couponRush.dialog.period")}
        extra={t("couponRush.dialog.periodHelp")}
        rules={needed}
      >
        <DatePicker.RangePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" />
      </Form.Item>
      <Form.Item
        name="winners"
        label={t("couponRush.dialog.winners")}
        extra={t("couponRush.dialog.winnersHelp")}
        rules={needed}
      >
        <InputNumber min={1} max={100_000} precision={0} />
      </Form.Item>
    </OperationDialog>
  );
}
