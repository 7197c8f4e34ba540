import { ArrowLeftOutlined } from "@ant-design/icons";
import { Button, InputNumber, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Refunded, useRefund } from "../../../api/checkout";
import type { Order, Store } from "../../../api/contract";
import { useRefundPreview } from "../../../api/refundPreview";
import { minorDigits } from "../../../kit/format";
import { Refusal } from "../../../kit/Refusal";
import { useFormat } from "../../../kit/useFormat";
import { useSettled } from "../../../kit/useSettled";
import { RefundReason } from "../../checkout/RefundReason";
import {
  type How,
  type RefundValues,
  startOf,
  untold,
  wishOf,
  withWhy,
  worthOfRefund,
} from "../../checkout/refund";
import styles from "../day/day.module.css";
import { shopNow } from "../offline/clock";
import { Effect } from "./Effect";
import { Quantities } from "./Quantities";
import { RefundDone } from "./RefundDone";

const ways = ["lines", "whole", "amount"] as const satisfies readonly How[];

interface Props {
  order: Order;
  store: Store;
  cashier: string;
  onBack: () => void;
}

/** What comes back of an order, and what that does, told by the server before it is done. */
export function RefundChoice({ order, store, cashier, onBack }: Props) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const refund = useRefund();
  // Named and dated once: sent again after a lost answer it is the same refund, and done once.
  const [at] = useState(() => shopNow().toISOString());
  const [values, setValues] = useState<RefundValues>(() => startOf(order));
  const [why, setWhy] = useState(untold);
  const worth = worthOfRefund(order, values);
  const isPossible = worth > 0 && worth <= order.net_minor;
  const wish = wishOf(order, values, at, store.code);
  const asked = useSettled(isPossible ? wish : null, 200);
  const preview = useRefundPreview(refund.data ? null : asked);
  const isTold = preview.data !== undefined && !preview.isPlaceholderData && same(asked, wish);
  const change = (next: Partial<RefundValues>) => setValues((now) => ({ ...now, ...next }));
  const done: Refunded | undefined = refund.data;
  if (done) return <RefundDone {...{ order, done, at, store, cashier, onBack }} />;
  return (
    <div className={styles.stack}>
      <div className={styles.head}>
        <Button type="text" icon={<ArrowLeftOutlined />} aria-label={t("tillDesk.back")} onClick={onBack} />
        <b>{order.number}</b>
        <span className="num">{money(order.net_minor, order.currency)}</span>
      </div>
      <Segmented<How>
        block
        size="large"
        value={values.how}
        onChange={(how) => change({ how })}
        options={ways.map((value) => ({ value, label: t(`checkout.refund.way.${value}`) }))}
      />
      {values.how === "lines" && (
        <Quantities
          order={order}
          quantities={values.quantities}
          onChange={(line, quantity) => change({ quantities: { ...values.quantities, [line]: quantity } })}
        />
      )}
      {values.how === "whole" && <p className={styles.quiet}>{t("checkout.refund.wholeHelp")}</p>}
      {values.how === "amount" && (
        <div>
          {t("checkout.refund.amount")}
          <InputNumber
            autoFocus
            size="large"
            className={styles.full}
            aria-label={t("checkout.refund.amount")}
            min={0}
            max={order.net_minor / 10 ** minorDigits(order.currency)}
            precision={minorDigits(order.currency)}
            value={values.amount ?? null}
            onChange={(amount) => change({ amount })}
          />
          <span className={styles.quiet}>{t("checkout.refund.amountHelp")}</span>
        </div>
      )}
      <RefundReason size="large" why={why} onChange={setWhy} />
      {isPossible && preview.data && <Effect order={order} effect={preview.data} isSettled={isTold} />}
      <Refusal error={refund.error ?? (isPossible ? preview.error : null)} />
      <Button
        type="primary"
        size="large"
        block
        disabled={!isPossible || !isTold || preview.isError}
        loading={refund.isPending || (isPossible && !isTold && !preview.isError)}
        onClick={() => refund.mutate(withWhy(wish, why))}
      >
        {isTold && preview.data
          ? t("tillDesk.refund.giveBack", { amount: money(preview.data.money_minor, order.currency) })
          : t("checkout.refund.send")}
      </Button>
    </div>
  );
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
