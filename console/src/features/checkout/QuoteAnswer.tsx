import { useTranslation } from "react-i18next";
import type { PassedOver, Quote, QuotedGrant } from "../../api/checkout";
import { Fact, Facts } from "../../kit/Facts";
import { useFormat } from "../../kit/useFormat";
import { useCurrencyName } from "../finance/useCurrencyName";
import styles from "./checkout.module.css";
import { QuoteCoupons } from "./QuoteCoupons";
import { useLevelName } from "./useLevelName";

const reasons = ["schedule", "audience", "branches", "group", "stopped", "nothing", "cap", "budget"] as const;

/** What a cart costs, what may pay it, what each rule gives, and why others give nothing. */
export function QuoteAnswer({ quote }: { quote: Quote }) {
  const { t } = useTranslation();
  const { money, count, name } = useFormat();
  const level = useLevelName();
  const { points, currency } = quote;
  const amount = (minor: number) => money(minor, currency);
  return (
    <div aria-live="polite" className={styles.answer}>
      <p className={styles.payable}>
        <span>{t("checkout.quote.payable")}</span>
        <b>{amount(quote.payable_minor)}</b>
      </p>
      <Facts>
        <Fact term={t("checkout.quote.gross")}>{amount(quote.gross_minor)}</Fact>
        {quote.coupon_minor > 0 && (
          <Fact term={t("checkout.quote.couponPays")}>{amount(-quote.coupon_minor)}</Fact>
        )}
        {points.used > 0 && (
          <Fact term={t("checkout.quote.pointsPay", { points: count(points.used) })}>
            {amount(-points.worth_minor)}
          </Fact>
        )}
        <Fact term={t("checkout.quote.mostPoints")}>{mostPoints()}</Fact>
        {quote.tier_after && (
          <Fact term={t("checkout.quote.tier")}>
            {quote.tier_now && quote.tier_now.code !== quote.tier_after.code
              ? t("checkout.quote.tierRises", {
                  from: level(quote.tier_now.code),
                  to: level(quote.tier_after.code),
                })
              : level(quote.tier_after.code)}
          </Fact>
        )}
      </Facts>
      <QuoteCoupons quote={quote} />
      {quote.discounts.length > 0 && (
        <>
          <h3>{t("checkout.quote.discounts")}</h3>
          <ul className={styles.list}>
            {quote.discounts.map((one) => (
              <li key={one.code} className={styles.line}>
                <b>{name(one.name)}</b>
                <span className="num">
                  {one.percent_off === null
                    ? amount(-(one.amount_minor ?? 0))
                    : t("checkout.quote.percentOff", { percent: one.percent_off })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {quote.member_id === null ? (
        <p className={styles.quiet}>{t("checkout.quote.nobody")}</p>
      ) : (
        <>
          <h3>{t("checkout.quote.earned")}</h3>
          {quote.earned.length === 0 && <p className={styles.quiet}>{t("checkout.quote.nothing")}</p>}
          <ul className={styles.list}>
            {quote.earned.map((one) => (
              <Earned key={`${one.rule.code} ${one.currency}`} grant={one} amount={amount} />
            ))}
          </ul>
          {quote.passed_over.length > 0 && (
            <>
              <h3>{t("checkout.quote.passedOver")}</h3>
              <ul className={styles.list}>
                {quote.passed_over.map((one) => (
                  <Passed key={`${one.rule.code} ${one.rule.version} ${one.why}`} one={one} quote={quote} />
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </div>
  );

  function mostPoints() {
    if (!points.is_on) return t("checkout.quote.pointsOff");
    return t("checkout.quote.mostOf", { most: count(points.most), available: count(points.available) });
  }
}

function Earned({ grant, amount }: { grant: QuotedGrant; amount: (minor: number) => string }) {
  const { t } = useTranslation();
  const { name, count } = useFormat();
  const currencyName = useCurrencyName();
  const { eligible_minor: counted, factor, base } = grant.facts;
  const told = [
    typeof counted === "number" && t("checkout.quote.counted", { amount: amount(counted) }),
    factor !== undefined &&
      typeof base === "number" &&
      t("checkout.quote.factor", { base: count(base), factor: String(factor) }),
    grant.amount < grant.entitled && t("checkout.quote.cut", { entitled: count(grant.entitled) }),
  ].filter(Boolean);
  return (
    <li>
      <div className={styles.line}>
        <b>{name(grant.rule.name)}</b>
        <span className="num">
          +{count(grant.amount)} {currencyName(grant.currency)}
        </span>
      </div>
      {told.length > 0 && <div className={styles.quiet}>{told.join(t("checkout.quote.comma"))}</div>}
    </li>
  );
}

function Passed({ one, quote }: { one: PassedOver; quote: Quote }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const reason = reasons.find((known) => known === one.why);
  const all = [...quote.earned, ...quote.passed_over].map(({ rule }) => rule);
  const by = all.find((rule) => rule.code === one.facts.by);
  return (
    <li>
      <b>{name(one.rule.name)}</b>
      <div className={styles.quiet}>
        {reason
          ? t(`checkout.quote.why.${reason}`, { by: by ? name(by.name) : String(one.facts.by ?? "") })
          : t("checkout.quote.whyOther")}
      </div>
    </li>
  );
}
