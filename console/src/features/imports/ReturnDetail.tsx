import { App, Button, Input, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Candidate,
  type UnmatchedReturn,
  useDismissReturn,
  useMatchReturn,
  useReopenReturn,
  useReturn,
} from "../../api/returns";
import { useMay } from "../../api/session";
import { DataTable } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import styles from "./imports.module.css";

/** One return with the orders it can be of; choosing one makes an ordinary refund of that order. */
export function ReturnDetail({ id, onDone }: { id: number; onDone: () => void }) {
  const { t } = useTranslation();
  const { day, quantity } = useFormat();
  const found = useReturn(id);
  return (
    <Loaded of={found} rows={6}>
      {(one) => (
        <div className={styles.stack}>
          <dl className={styles.rows}>
            <Fact term={t("returns.column.product")}>{`${one.product.name} · ${one.product.code}`}</Fact>
            <Fact term={t("returns.column.day")}>{day(one.returned_on)}</Fact>
            <Fact term={t("returns.column.store")}>{one.store?.name ?? t("kit.none")}</Fact>
            <Fact term={t("returns.column.quantity")}>{quantity(one.quantity)}</Fact>
          </dl>
          {one.state === "waiting" ? (
            <Waiting one={one} orders={one.orders} onDone={onDone} />
          ) : (
            <Decided one={one} onDone={onDone} />
          )}
        </div>
      )}
    </Loaded>
  );
}

interface DecidingProps {
  one: UnmatchedReturn;
  onDone: () => void;
}

function Waiting({ one, orders, onDone }: DecidingProps & { orders: Candidate[] }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { dayOf, day, unitPrice, quantity, count } = useFormat();
  const mayDecide = useMay()("orders.write");
  const match = useMatchReturn(one.id);
  const pick = (order: Candidate) =>
    match.mutate(order.order_id, {
      onSuccess: () => {
        void message.success(t("returns.matchedDone", { number: order.number }));
        onDone();
      },
    });
  const who = (order: Candidate) => order.member?.name ?? order.member?.number ?? t("returns.guest");
  const choose = (order: Candidate) =>
    mayDecide && (
      <Popconfirm
        title={t("returns.confirm", { number: order.number })}
        description={t("returns.confirmHint")}
        okText={t("returns.match")}
        cancelText={t("returns.cancel")}
        onConfirm={() => pick(order)}
      >
        <Button size="small" loading={match.isPending && match.variables === order.order_id}>
          {t("returns.match")}
        </Button>
      </Popconfirm>
    );
  const number = (order: Candidate) => <Go to={`/sales/orders/${order.order_id}`}>{order.number}</Go>;
  const when = (order: Candidate) => (
    <span>
      {day(dayOf(order.placed_at))}{" "}
      <small className={styles.quiet}>
        {order.days === 0 ? t("returns.sameDay") : t("returns.before", { count: order.days })}
      </small>
    </span>
  );
  return (
    <>
      <p className={styles.quiet}>
        {t("returns.candidates", { count: orders.length, value: count(one.candidates ?? orders.length) })}
      </p>
      <Refusal error={match.error} />
      <DataTable
        rows={orders}
        rowKey={(order) => order.order_id}
        columns={[
          { key: "number", title: t("returns.order.number"), render: number },
          { key: "day", title: t("returns.order.day"), render: when },
          { key: "who", title: t("returns.order.member"), render: who },
          {
            key: "left",
            title: t("returns.order.left"),
            isNumber: true,
            render: (order) =>
              t("returns.order.leftValue", {
                quantity: quantity(order.quantity_left),
                price: unitPrice(order.unit_price),
              }),
          },
          { key: "choose", title: "", render: choose },
        ]}
        card={(order) => (
          <div className={styles.card}>
            <span className={styles.line}>
              {number(order)}
              {choose(order)}
            </span>
            <span className={styles.line}>
              {when(order)}
              <span>{who(order)}</span>
            </span>
          </div>
        )}
        empty={<EmptyState title={t("returns.none")} hint={t("returns.noneHint")} />}
      />
      {mayDecide && <Dismissal one={one} onDone={onDone} />}
    </>
  );
}

function Dismissal({ one, onDone }: DecidingProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [reason, setReason] = useState("");
  const dismiss = useDismissReturn(one.id);
  const submit = () =>
    dismiss.mutate(reason.trim(), {
      onSuccess: () => {
        void message.success(t("returns.dismissedDone"));
        onDone();
      },
    });
  return (
    <div className={styles.label}>
      <span>{t("returns.dismissal")}</span>
      <div className={styles.dismissal}>
        <Input
          value={reason}
          maxLength={200}
          aria-label={t("returns.reason")}
          placeholder={t("returns.reason")}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button disabled={!reason.trim()} loading={dismiss.isPending} onClick={submit}>
          {t("returns.dismiss")}
        </Button>
      </div>
      <Refusal error={dismiss.error} />
    </div>
  );
}

function Decided({ one, onDone }: DecidingProps) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const mayDecide = useMay()("orders.write");
  const reopen = useReopenReturn(one.id);
  const at = one.decided_at ? moment(one.decided_at) : "";
  if (one.state === "matched")
    return (
      <p>
        {t("returns.matchedAt", { at })}{" "}
        {one.order_id && <Go to={`/sales/orders/${one.order_id}`}>{t("returns.seeOrder")}</Go>}{" "}
        {one.refund_id && <Go to={`/sales/orders/${one.refund_id}`}>{t("returns.seeRefund")}</Go>}
      </p>
    );
  return (
    <>
      <p>{t("returns.dismissedAt", { at, reason: one.reason ?? "" })}</p>
      {mayDecide && (
        <Button
          className={styles.alone}
          loading={reopen.isPending}
          onClick={() => reopen.mutate(undefined, { onSuccess: onDone })}
        >
          {t("returns.reopen")}
        </Button>
      )}
      <Refusal error={reopen.error} />
    </>
  );
}

function Fact({ term, children }: { term: string; children: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
