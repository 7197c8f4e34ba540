import { useTranslation } from "react-i18next";
import type { Order } from "../../api/contract";
import { useOrder } from "../../api/orders";
import { useSystem } from "../../api/system";
import { Card } from "../../kit/Card";
import { Figure } from "../../kit/Figure";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { useFormat } from "../../kit/useFormat";
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
                <Card title={t("orders.detail.refunds")}>
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
        <span>{t("orders.source", { source: order.source })}</span>
      </div>
    </>
  );
}

function Sums({ order }: { order: Order }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const { data: system } = useSystem();
  const all = [
    ["gross", t("orders.detail.gross"), order.gross_minor],
    ["refunded", t("orders.detail.refundedAmount"), order.refunded_minor],
    ["net", t("orders.detail.net"), order.net_minor],
  ] as const;
  // Only a sale can be refunded; elsewhere the three would say the same thing.
  const sums = order.kind === "sale" ? all : all.slice(2);
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
