import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { useCurrencyName } from "../finance/useCurrencyName";
import { piecesOf, type Sale, totalOf } from "./sale";
import styles from "./till.module.css";
import type { Asked } from "./useAsked";
import { useTierOf } from "./useTierOf";

interface Props {
  sale: Sale;
  asked: Asked;
  isOnline: boolean;
  onValue: () => void;
  onBest: () => void;
}

/** What it costs and why, one line for each reason. */
export function SumCard({ sale, asked, isOnline, onValue, onBest }: Props) {
  const { t } = useTranslation();
  const { money, quantity, name, count, points } = useFormat();
  const { quote, cut } = asked;
  const isChosen = sale.coupons !== "best";
  return (
    <section
      className={styles.card}
      aria-label={t("till.sum.title")}
      aria-busy={!asked.isFresh && sale.lines.length > 0 && !asked.error ? "true" : undefined}
    >
      <dl className={styles.sums}>
        <Sum term={t("till.sum.goods", { value: quantity(piecesOf(sale.lines)) })}>
          {money(totalOf(sale.lines))}
        </Sum>
        {cut && (
          <Sum term={t("till.sum.cut", { name: name(cut.discount.name) })}>{money(-cut.off_minor)}</Sum>
        )}
        {quote?.coupons.map((one) => (
          <Sum key={one.code} term={t("till.sum.coupon", { name: name(one.name) })}>
            {money(-one.discount_minor)}
          </Sum>
        ))}
        {quote && quote.points.used > 0 && (
          <Sum term={t("till.sum.points", { points: points(quote.points.used) })}>
            {money(-quote.points.worth_minor)}
          </Sum>
        )}
      </dl>
      {quote && sale.buyer && <Earns asked={asked} />}
      {quote && quote.unused_coupons.length > 0 && (
        <Button type="link" className={styles.link} onClick={onValue}>
          {t("till.sum.unused", {
            count: quote.unused_coupons.length,
            value: count(quote.unused_coupons.length),
          })}
        </Button>
      )}
      {!isOnline && sale.lines.length > 0 && <p className={styles.warning}>{t("till.sum.offline")}</p>}
      <Refusal
        error={asked.error}
        action={
          isChosen ? (
            <Button size="small" onClick={onBest}>
              {t("till.sum.best")}
            </Button>
          ) : (
            <Button size="small" onClick={asked.again}>
              {t("till.sum.again")}
            </Button>
          )
        }
      />
    </section>
  );
}

function Sum({ term, children }: { term: string; children: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd className="num">{children}</dd>
    </div>
  );
}

/** What the member will get for it. */
function Earns({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  const { count, name } = useFormat();
  const currencyName = useCurrencyName();
  const tierOf = useTierOf();
  const { quote } = asked;
  if (!quote) return null;
  const sums = new Map<string, number>();
  for (const one of quote.earned) sums.set(one.currency, (sums.get(one.currency) ?? 0) + one.amount);
  const rises =
    quote.tier_after && quote.tier_after.code !== quote.tier_now?.code ? tierOf(quote.tier_after.code) : null;
  const told = [...sums].filter(([, amount]) => amount > 0);
  return (
    <p className={styles.earns}>
      {told.length === 0
        ? t("till.sum.earnsNothing")
        : t("till.sum.earns", {
            what: told
              .map(([code, amount]) => `${count(amount)} ${currencyName(code)}`)
              .join(t("till.sum.and")),
          })}
      {rises && <b> {t("till.sum.rises", { level: name(rises.name) })}</b>}
    </p>
  );
}
