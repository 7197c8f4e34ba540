import { CloseOutlined, GiftOutlined, UserOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useMemberBenefits } from "../../api/benefits";
import type { Quote } from "../../api/checkout";
import type { MemberOverview, OverviewSection } from "../../api/contract";
import { useMemberOverview } from "../../api/members";
import { useMay } from "../../api/session";
import { useSystem } from "../../api/system";
import { ErrorState } from "../../kit/ErrorState";
import { nameOf } from "../../kit/nameOf";
import { TierBadge } from "../../kit/TierBadge";
import { useFormat } from "../../kit/useFormat";
import { Waiting } from "../../kit/Waiting";
import type { Buyer } from "./sale";
import styles from "./till.module.css";
import { useTierOf } from "./useTierOf";

interface Props {
  buyer: Buyer | null;
  quote: Quote | null;
  isOnline: boolean;
  onFind: () => void;
  onRemove: () => void;
}

/** Whose purchase it is, and what that is worth just now. */
export function BuyerCard({ buyer, quote, isOnline, onFind, onRemove }: Props) {
  const { t } = useTranslation();
  if (!buyer) {
    return (
      <section className={styles.card} aria-label={t("till.buyer.title")}>
        <Button size="large" block icon={<UserOutlined />} onClick={onFind}>
          {t("till.buyer.find")}
        </Button>
        <p className={styles.quiet}>{t("till.buyer.guest")}</p>
      </section>
    );
  }
  return (
    <section className={styles.card} aria-label={t("till.buyer.title")}>
      <Button
        type="text"
        className={styles.remove}
        icon={<CloseOutlined />}
        aria-label={t("till.buyer.remove")}
        onClick={onRemove}
      />
      {buyer.id && isOnline ? (
        <Seen id={buyer.id} available={quote?.points.available} />
      ) : (
        <Unseen buyer={buyer} quote={quote} isOnline={isOnline} />
      )}
    </section>
  );
}

/** By what was typed alone: the server is away, or the member belongs to stores that the cashier does not see. */
function Unseen({ buyer, quote, isOnline }: { buyer: Buyer; quote: Quote | null; isOnline: boolean }) {
  const { t } = useTranslation();
  const { points } = useFormat();
  const tierOf = useTierOf();
  const tail = (buyer.phone ?? buyer.number ?? "").slice(-4);
  return (
    <>
      <div className={styles.who}>
        <b>{tail ? t("till.buyer.tail", { tail }) : t("till.buyer.known")}</b>
        {isOnline && quote?.tier_now && <TierBadge tier={tierOf(quote.tier_now.code)} />}
      </div>
      {isOnline && quote && <p className="num">{points(quote.points.available)}</p>}
      <p className={styles.quiet}>{t(isOnline ? "till.buyer.elsewhere" : "till.buyer.offline")}</p>
    </>
  );
}

/** `available`: the points of the newest sum, which may have come since the member was looked up. */
function Seen({ id, available }: { id: number; available: number | undefined }) {
  const { t } = useTranslation();
  const { name, dayOf } = useFormat();
  const { data: system } = useSystem();
  const overview = useMemberOverview(id);
  const { refetch } = overview;
  useEffect(() => {
    if (available !== undefined) void refetch();
  }, [available, refetch]);
  if (overview.error) return <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />;
  if (!overview.data) return <Waiting rows={3} minHeight={96} />;
  const { member } = overview.data;
  const tier = sectionOf(overview.data, "tier");
  const isBirthday = member.birthday !== null && member.birthday === system?.today.slice(5);
  return (
    <>
      <div className={styles.who}>
        <b>{nameOf(member)}</b>
        <TierBadge tier={tier?.level ?? member.tier} />
        {isBirthday && (
          <Tag icon={<GiftOutlined />} color="magenta">
            {t("till.buyer.birthday")}
          </Tag>
        )}
      </div>
      <p className={styles.quiet}>
        {[member.phone, member.number, t("till.buyer.since", { day: dayOf(member.joined_at) })]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {member.status !== "active" && <p className={styles.warning}>{t("till.buyer.notActive")}</p>}
      <Worth overview={overview.data} />
      {tier?.next && (
        <p className={styles.quiet}>{t("till.buyer.next", { level: name(tier.next.level.name) })}</p>
      )}
      <Benefits id={id} />
    </>
  );
}

/** Points and coupons, and what of them is soon over. */
function Worth({ overview }: { overview: MemberOverview }) {
  const { t } = useTranslation();
  const { points, count, day } = useFormat();
  const account = sectionOf(overview, "points")?.accounts.find((one) => one.currency.code === "points");
  const coupons = sectionOf(overview, "coupons");
  const expiring = account?.expiring[0];
  return (
    <dl className={styles.worth}>
      <div>
        <dt>{t("till.buyer.points")}</dt>
        <dd className="num">{points(account?.available ?? overview.member.points_available)}</dd>
        {account && account.debt > 0 && (
          <dd className={styles.warning}>{t("till.buyer.debt", { points: points(account.debt) })}</dd>
        )}
        {expiring && (
          <dd className={styles.quiet}>
            {t("till.buyer.expiring", { points: points(expiring.amount), day: day(expiring.on) })}
          </dd>
        )}
      </div>
      {coupons && (
        <div>
          <dt>{t("till.buyer.coupons")}</dt>
          <dd className="num">{t("till.buyer.couponCount", { value: count(coupons.usable_count) })}</dd>
          {coupons.expiring_soon_count > 0 && (
            <dd className={styles.quiet}>
              {t("till.buyer.couponsExpiring", { value: count(coupons.expiring_soon_count) })}
            </dd>
          )}
        </div>
      )}
    </dl>
  );
}

function Benefits({ id }: { id: number }) {
  const may = useMay();
  return may("benefits.read") ? <BenefitList id={id} /> : null;
}

function BenefitList({ id }: { id: number }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { data } = useMemberBenefits(id);
  if (!data) return null;
  const open = data.entitlements.filter((one) => one.state === "open");
  if (data.running.length + open.length === 0) return null;
  return (
    <p className={styles.benefits}>
      {data.running.map((one) => (
        <Tag key={one.code} title={name(one.told)}>
          {name(one.name)}
        </Tag>
      ))}
      {open.map((one) => (
        <Tag key={one.id} color="gold" title={name(one.gift_told)}>
          {t("till.buyer.gift", { name: name(one.name) })}
        </Tag>
      ))}
    </p>
  );
}

function sectionOf<Key extends OverviewSection["key"]>(overview: MemberOverview, key: Key) {
  const found = overview.sections.find((one) => one.key === key);
  return found?.data as Extract<OverviewSection, { key: Key }>["data"] | undefined;
}
