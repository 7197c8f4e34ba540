import { Button, Drawer, Form, Input, InputNumber, Segmented } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRefund } from "../../api/checkout";
import type { Order } from "../../api/contract";
import { useStores } from "../../api/stores";
import { useSystem } from "../../api/system";
import { minorDigits } from "../../kit/format";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import styles from "./checkout.module.css";
import { RefundAnswer } from "./RefundAnswer";
import { RefundQuantities } from "./RefundQuantities";
import { RefundReason } from "./RefundReason";
import { type RefundValues, startOf, untold, wishOf, withWhy, worthOfRefund } from "./refund";

const ways = ["lines", "amount", "whole"] as const;

/** Refunds an order: what comes back, what remains, and afterwards what the refund did. */
export function RefundDrawer({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useTranslation();
  const refund = useRefund();
  return (
    <Drawer open size={560} onClose={onClose} title={t("checkout.refund.title", { number: order.number })}>
      {refund.data ? (
        <RefundAnswer refunded={refund.data} currency={order.currency} onClose={onClose} />
      ) : (
        <RefundForm order={order} refund={refund} />
      )}
    </Drawer>
  );
}

function RefundForm({ order, refund }: { order: Order; refund: ReturnType<typeof useRefund> }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const system = useSystem();
  const { data: stores } = useStores();
  const [form] = Form.useForm<RefundValues>();
  // Sent again after a lost answer, the refund must be the same to the minute: then it is done once.
  const at = useRef<string | null>(null);
  const [why, setWhy] = useState(untold);
  const start = startOf(order);
  const values: RefundValues = { ...start, ...Form.useWatch([], form) };
  const worth = worthOfRefund(order, values);
  const isPossible = worth > 0 && worth <= order.net_minor;
  const submit = async (given: RefundValues) => {
    at.current ??= (await system.refetch()).data?.now ?? null;
    if (!at.current) return;
    const store = stores?.find((one) => one.id === order.store?.id)?.code;
    refund.mutate(withWhy(wishOf(order, { ...start, ...given }, at.current, store), why));
  };
  return (
    <Form<RefundValues>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={start}
      onFinish={(given) => void submit(given)}
    >
      <Form.Item name="how" label={t("checkout.refund.how")}>
        <Segmented
          block
          options={ways.map((value) => ({ value, label: t(`checkout.refund.way.${value}`) }))}
        />
      </Form.Item>
      {values.how === "lines" && <RefundQuantities order={order} />}
      {values.how === "amount" && (
        <Form.Item
          name="amount"
          label={t("checkout.refund.amount")}
          extra={t("checkout.refund.amountHelp")}
          rules={[{ required: true, message: t("checkout.needed") }]}
        >
          <InputNumber
            className={styles.full}
            min={0}
            max={order.net_minor / 10 ** minorDigits(order.currency)}
            precision={minorDigits(order.currency)}
          />
        </Form.Item>
      )}
      {values.how === "whole" && <p>{t("checkout.refund.wholeHelp")}</p>}
      <Form.Item
        name="number"
        label={t("checkout.refund.number")}
        extra={t("checkout.refund.numberHelp")}
        rules={[{ required: true, whitespace: true, message: t("checkout.needed") }]}
      >
        <Input maxLength={64} />
      </Form.Item>
      <RefundReason why={why} onChange={setWhy} />
      <table className={styles.table} aria-live="polite">
        <tbody>
          <tr>
            <th scope="row">{t("checkout.refund.left")}</th>
            <td className={styles.number}>{money(order.net_minor, order.currency)}</td>
          </tr>
          <tr>
            <th scope="row">{t("checkout.refund.now")}</th>
            <td className={styles.number}>{money(worth > 0 ? -worth : 0, order.currency)}</td>
          </tr>
          <tr data-total="true">
            <th scope="row">{t("checkout.refund.after")}</th>
            <td className={styles.number}>{money(Math.max(0, order.net_minor - worth), order.currency)}</td>
          </tr>
        </tbody>
      </table>
      {(order.points_minor > 0 || order.coupon_minor > 0) && (
        <p className={styles.quiet}>{t("checkout.refund.partMoney")}</p>
      )}
      <Refusal error={refund.error ?? system.error} />
      <div className={`${styles.acts} ${styles.send}`}>
        <Button
          type="primary"
          htmlType="submit"
          disabled={!isPossible}
          loading={refund.isPending || system.isFetching}
        >
          {t("checkout.refund.send")}
        </Button>
      </div>
    </Form>
  );
}
