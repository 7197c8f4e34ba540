import { Timeline } from "antd";
import { useTranslation } from "react-i18next";
import type { CouponMove, HeldCouponDetail } from "../../../api/heldCoupons";
import { Card } from "../../../kit/Card";
import { Go } from "../../../kit/Go";
import { nameOf } from "../../../kit/nameOf";
import { useFormat } from "../../../kit/useFormat";
import { VoidButton } from "../issue/VoidButton";
import { HeldState } from "./HeldState";
import styles from "./holding.module.css";
import { Transfers } from "./Transfers";

interface Props {
  coupon: HeldCouponDetail;
  onOpen: (code: string) => void;
}

export function CouponStory({ coupon, onOpen }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.stack}>
      <Head coupon={coupon} />
      {coupon.told.length > 0 && (
        <Card title={t("couponHolding.terms", { version: coupon.terms_version })}>
          <ul className={styles.told}>
            {coupon.told.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Card>
      )}
      <Transfers coupon={coupon} onOpen={onOpen} />
      <Card title={t("couponHolding.history")}>
        <Timeline
          items={coupon.moves
            .toReversed()
            .map((move) => ({ key: move.number, content: <Move move={move} currency={coupon.currency} /> }))}
        />
      </Card>
    </div>
  );
}

function Head({ coupon }: { coupon: HeldCouponDetail }) {
  const { t } = useTranslation();
  const { money, name, day, dayOf, moment } = useFormat();
  const facts: [string, React.ReactNode][] = [
    [
      t("couponHolding.column.member"),
      coupon.member ? (
        <Go key="member" to={`/members/${coupon.member.id}`} className={styles.link}>
          {nameOf(coupon.member)}
        </Go>
      ) : (
        t("couponHolding.bearer")
      ),
    ],
    [
      t("couponHolding.column.valid"),
      t("couponHolding.fromTo", {
        from: day(dayOf(coupon.valid_from)),
        to: coupon.expires_on ? day(coupon.expires_on) : t("couponHolding.forever"),
      }),
    ],
    [t("couponHolding.column.how"), <How key="how" how={coupon.how} />],
  ];
  if (coupon.batch) facts.push([t("couponHolding.column.batch"), coupon.batch.name]);
  if (coupon.state === "locked" && coupon.locked_until)
    facts.push([t("couponHolding.column.lockedUntil"), moment(coupon.locked_until)]);
  if (coupon.state === "redeemed") {
    if (coupon.store) facts.push([t("couponHolding.column.store"), coupon.store.name]);
    facts.push([t("couponHolding.column.discount"), money(coupon.discount_minor, coupon.currency)]);
  }
  if (coupon.times_returned > 0)
    facts.push([
      t("couponHolding.column.returned"),
      t("couponHolding.times", { count: coupon.times_returned }),
    ]);
  return (
    <div>
      <div className={styles.title}>
        <h2>{name(coupon.template.name)}</h2>
        <HeldState coupon={coupon} />
        {(coupon.state === "issued" || coupon.state === "locked") && <VoidButton code={coupon.code} />}
      </div>
      <div className={styles.code}>{coupon.code}</div>
      <dl className={styles.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const hows = ["claim", "rule", "benefit", "staff", "api", "code", "exchange", "transfer", "lottery"] as const;

function How({ how }: { how: string }) {
  const { t } = useTranslation();
  const known = hows.find((one) => one === how);
  return known ? t(`couponHolding.how.${known}`) : how;
}

const kinds = ["issued", "locked", "released", "redeemed", "returned", "expired", "voided", "given"] as const;
const reasons = ["erased"] as const;

/** A lock that its holder's own offer made reads as the offer, and its end as the end of the offer. */
function Title({ move }: { move: CouponMove }) {
  const { t } = useTranslation();
  if (move.channel === "transfer" && move.kind === "locked") return t("couponHolding.move.offered");
  if (move.channel === "transfer" && move.kind === "released") return t("couponHolding.move.offerEnded");
  const known = kinds.find((kind) => kind === move.kind);
  return known ? t(`couponHolding.move.${known}`) : move.kind;
}

function Move({ move, currency }: { move: CouponMove; currency: string }) {
  const { t } = useTranslation();
  const { money, moment } = useFormat();
  const reason = reasons.find((one) => one === move.reason);
  const details = [
    move.by.name ?? (move.by.actor.startsWith("system:") ? t("couponHolding.by.system") : undefined),
    move.store?.name,
    move.reason && (reason ? t(`couponHolding.reason.${reason}`) : move.reason),
  ].filter(Boolean);
  return (
    <div>
      <div className={styles.line}>
        <b>
          <Title move={move} />
        </b>
        {move.discount_minor > 0 && <span className="num">{money(move.discount_minor, currency)}</span>}
      </div>
      <div className={styles.quiet}>
        <span className="num">{moment(move.at)}</span>
        {details.map((detail) => (
          <span key={String(detail)}> · {detail}</span>
        ))}
        {move.order && (
          <>
            {" · "}
            <Go to={`/sales/orders/${move.order.id}`} className={styles.link}>
              {t("couponHolding.order", { number: move.order.number })}
            </Go>
          </>
        )}
      </div>
    </div>
  );
}
