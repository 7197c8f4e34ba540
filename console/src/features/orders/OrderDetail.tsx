import { useTranslation } from "react-i18next";
import type { Order } from "../../api/contract";
import { useOrder } from "../../api/orders";
import { useSystem } from "../../api/system";
import { Card } from "../../kit/Card";
import { Figure } from "../../kit/Figure";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { useFormat } from "../../kit/useFormat";
import { useSourceName } from "../../kit/useSourceName";
import { RefundButton } from "../checkout/RefundButton";
import { useWhyReturned } from "../checkout/useWhyReturned";
import { OrderLines } from "./OrderLines";
import { OrderMatches } from "./OrderMatches";
import { OrderPoints } from "./OrderPoints";
import { OrderRefunds } from "./OrderRefunds";
import { OrderState } from "./OrderState";
import styles from "./orders.module.css";

export function OrderDetail({ id, isPreview = false }: { id: string; isPreview?: boolean }) {
  const { t } = useTranslation();
  const order = useOrder(id);
  return (
    <Loaded of={order} isPage={!isPreview} rows={12} minHeight={480}>
      {(data) => (
        <div className={styles.detail}>
          <Card className={isPreview ? styles.bare : ""}>
            <Head order={data} isHeading={!isPreview} />
            <Sums order={data} />
          </Card>
          <div className={isPreview ? styles.single : styles.columns}>
            <div className={styles.stack}>
              <Card isFlush title={t("orders.detail.lines")}>
                <OrderLines order={data} />
              </Card>
              {data.kind === "refund" && data.matches && data.matches.length > 0 && (
                <Card isFlush title={t("orders.detail.matches")} note={t("orders.detail.matchesNote")}>
                  <OrderMatches matches={data.matches} currency={data.currency} />
                </Card>
              )}
            </div>
            <div className={styles.stack}>
              <Card title={t("orders.detail.points")}>
                <OrderPoints order={data} />
              </Card>
              {data.kind === "sale" && (
                <Card title={t("orders.detail.refunds")} extra={<RefundButton order={data} />}>
                  <OrderRefunds order={data} />
                </Card>
              )}
            </div>
          </div>
        </div>
      )}
    </Loaded>
  );
}

function Head({ order, isHeading }: { order: Order; isHeading: boolean }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const sourceName = useSourceName();
  const told = useWhyReturned()(order.refund_reason, order.refund_note);
  const Title = isHeading ? "h1" : "h2";
  return (
    <>
      <div className={styles.titleLine}>
        <Title>
          {t(`orders.kind.${order.kind}`)} {order.number}
        </Title>
        <OrderState status={order.status} />
      </div>
      <div className={styles.facts}>
        <span>{moment(order.placed_at)}</span>
        {order.store && <span>{order.store.name}</span>}
        {order.member ? (
          <Go to={`/members/${order.member.id}`} className={styles.link}>
            {order.member.name} {order.member.number}
          </Go>
        ) : (
          <span>{t("kit.guest")}</span>
        )}
        <span>{t("orders.source", { source: sourceName(order.source) })}</span>
        {told && <span>{t("orders.why", { why: told })}</span>}
      </div>
    </>
  );
}

function Sums({ order }: { order: Order }) {
  const { t } = useTranslation();
  const { money, count } = useFormat();
  const { data: system } = useSystem();
  const paid = [
    ["pointsPaid", t("orders.detail.pointsPaid", { points: count(order.points_used) }), order.points_minor],
    ["couponPaid", t("orders.detail.couponPaid"), order.coupon_minor],
    ["moneyPaid", t("orders.detail.moneyPaid"), order.gross_minor - order.points_minor - order.coupon_minor],
  ] as const;
  // Money alone paid most orders; then there is nothing to set apart.
  const hasParts = order.points_minor > 0 || order.coupon_minor > 0;
  const all = [
    ["gross", t("orders.detail.gross"), order.gross_minor],
    ...paid.filter(([, , value]) => hasParts && value > 0),
    ["refunded", t("orders.detail.refundedAmount"), order.refunded_minor],
    ["net", t("orders.detail.net"), order.net_minor],
  ] as const;
  // Only a sale can be refunded; elsewhere the three would say the same thing.
  const sums = order.kind === "sale" ? all : all.slice(-1);
  return (
    <div className={styles.sums}>
      {sums.map(([key, label, value]) => (
        <Figure
          key={key}
          label={label}
          value={money(value, order.currency)}
          explain={{ definition: t(`orders.detail.definition.${key}`), computedAt: system?.now }}
        />
      ))}
    </div>
  );
}
