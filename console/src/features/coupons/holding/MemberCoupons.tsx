import { Button, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { type HeldCoupon, type HeldCouponState, useMemberCoupons } from "../../../api/heldCoupons";
import { EmptyState } from "../../../kit/EmptyState";
import { Figure } from "../../../kit/Figure";
import { Loaded } from "../../../kit/Loaded";
import { useFormat } from "../../../kit/useFormat";
import { useUrlState } from "../../../kit/useUrlState";
import type { MemberSectionProps } from "../../members/sections";
import { GiveButton } from "../issue/GiveButton";
import { CouponDrawer } from "./CouponDrawer";
import { HeldState } from "./HeldState";
import styles from "./holding.module.css";

const groups = ["usable", "used", "over"] as const;
type Group = (typeof groups)[number];
const statesOf: Record<Group, HeldCouponState[]> = {
  usable: ["issued", "locked"],
  used: ["redeemed"],
  over: ["expired", "void", "given"],
};
const defaults = { coupons: "usable", coupon: "" };

/** What a member has, has used, and has no more; a click tells one coupon's story. */
export function MemberCoupons({ overview }: MemberSectionProps) {
  const { t } = useTranslation();
  const [state, patch] = useUrlState(defaults);
  const group = groups.find((one) => one === state.coupons) ?? "usable";
  const coupons = useMemberCoupons(overview.member.id, statesOf[group]);
  return (
    <div className={styles.stack}>
      <Figures overview={overview} />
      <div className={styles.bar}>
        <Segmented
          value={group}
          onChange={(one) => patch({ coupons: one })}
          options={groups.map((one) => ({ value: one, label: t(`couponHolding.group.${one}`) }))}
        />
        <GiveButton memberId={overview.member.id} />
      </div>
      <Loaded of={coupons} rows={6} minHeight={280}>
        {(data) => {
          const items = data.pages.flatMap((page) => page.items);
          if (items.length === 0)
            return (
              <EmptyState
                title={t(`couponHolding.none.${group}`)}
                hint={group === "usable" ? t("couponHolding.none.hint") : undefined}
              />
            );
          return (
            <ul className={styles.coupons}>
              {items.map((one) => (
                <li key={one.code}>
                  <button type="button" className={styles.coupon} onClick={() => patch({ coupon: one.code })}>
                    <Line coupon={one} currency={data.pages[0]?.currency} />
                  </button>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
      {coupons.hasNextPage && (
        <Button
          className={styles.more}
          loading={coupons.isFetchingNextPage}
          onClick={() => void coupons.fetchNextPage()}
        >
          {t("kit.more")}
        </Button>
      )}
      <CouponDrawer
        code={state.coupon}
        onOpen={(coupon) => patch({ coupon })}
        onClose={() => patch({ coupon: "" })}
      />
    </div>
  );
}

function Figures({ overview }: MemberSectionProps) {
  const { t } = useTranslation();
  const { count, money, day } = useFormat();
  const section = overview.sections.find((one) => one.key === "coupons");
  if (section?.key !== "coupons") return null;
  const { data } = section;
  const next = data.next_expires_on;
  return (
    <div className={styles.figures}>
      <Figure
        label={t("couponHolding.figure.usable")}
        value={count(data.usable_count)}
        explain={{ definition: t("couponHolding.figure.usableDefinition") }}
        note={next ? t("couponHolding.figure.next", { day: day(next) }) : undefined}
      />
      <Figure
        label={t("couponHolding.figure.soon")}
        value={count(data.expiring_soon_count)}
        explain={{ definition: t("couponHolding.figure.soonDefinition") }}
      />
      <Figure
        label={t("couponHolding.figure.used")}
        value={count(data.used_count)}
        explain={{ definition: t("couponHolding.figure.usedDefinition") }}
      />
      <Figure
        label={t("couponHolding.figure.saved")}
        value={money(data.saved_minor, data.currency)}
        explain={{ definition: t("couponHolding.figure.savedDefinition") }}
      />
    </div>
  );
}

function Line({ coupon: one, currency }: { coupon: HeldCoupon; currency?: string }) {
  const { t } = useTranslation();
  const { money, name, day, dayOf, moment } = useFormat();
  const details = [
    one.redeemed_at && moment(one.redeemed_at),
    one.store?.name,
    one.order && t("couponHolding.order", { number: one.order.number }),
    !one.redeemed_at && t("couponHolding.since", { day: day(dayOf(one.issued_at)) }),
    !one.redeemed_at &&
      (one.expires_on ? t("couponHolding.until", { day: day(one.expires_on) }) : t("couponHolding.forever")),
  ].filter(Boolean);
  return (
    <>
      <div className={styles.line}>
        <b>{name(one.template.name)}</b>
        <HeldState coupon={one} />
      </div>
      <div className={styles.line}>
        <span className={styles.code}>{one.code}</span>
        {one.discount_minor > 0 && (
          <span className="num">
            {t("couponHolding.saved", { amount: money(one.discount_minor, currency) })}
          </span>
        )}
      </div>
      <div className={styles.quiet}>{details.join(" · ")}</div>
    </>
  );
}
