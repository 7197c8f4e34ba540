import { useTranslation } from "react-i18next";
import type { Store } from "../../../api/contract";
import { type Takings, useTakings } from "../../../api/takings";
import { ErrorState } from "../../../kit/ErrorState";
import { useFormat } from "../../../kit/useFormat";
import { Waiting } from "../../../kit/Waiting";
import styles from "./day.module.css";
import { useMethodName } from "./usePaid";

/** What came in today: how much, how often, and by which way of payment. */
export function TakingsCard({ store }: { store: Store }) {
  const takings = useTakings(store.id);
  if (takings.isPending) return <Waiting rows={4} />;
  if (takings.isError) return <ErrorState error={takings.error} onRetry={() => void takings.refetch()} />;
  return (
    <section className={styles.takings}>
      <Totals takings={takings.data} />
      <Methods takings={takings.data} />
    </section>
  );
}

function Totals({ takings }: { takings: Takings }) {
  const { t } = useTranslation();
  const { money, count } = useFormat();
  const { sales, refunds, currency } = takings;
  const figures = [
    {
      label: t("tillDesk.day.sales"),
      value: money(sales.money_minor, currency),
      note: t("tillDesk.day.count", { count: sales.count, value: count(sales.count) }),
    },
    {
      label: t("tillDesk.day.refunds"),
      value: money(0 - refunds.money_minor, currency),
      note: t("tillDesk.day.count", { count: refunds.count, value: count(refunds.count) }),
    },
    {
      label: t("tillDesk.day.net"),
      value: money(sales.money_minor - refunds.money_minor, currency),
      note: t("tillDesk.day.cuts", {
        coupons: money(sales.coupon_minor, currency),
        points: money(sales.points_minor, currency),
      }),
    },
  ];
  return (
    <dl className={styles.figures}>
      {figures.map(({ label, value, note }) => (
        <div key={label}>
          <dt className={styles.quiet}>{label}</dt>
          <dd className={styles.big}>{value}</dd>
          <dd className={styles.quiet}>{note}</dd>
        </div>
      ))}
    </dl>
  );
}

function Methods({ takings }: { takings: Takings }) {
  const { t } = useTranslation();
  const { money, share } = useFormat();
  const methodName = useMethodName();
  const told = takings.taken.map((one) => ({ name: methodName(one.method), amount: one.amount_minor }));
  const untold = takings.untold_minor;
  const ways = untold > 0 ? [...told, { name: t("tillDesk.day.untold"), amount: untold }] : told;
  const all = ways.reduce((sum, { amount }) => sum + amount, 0);
  if (all === 0) return null;
  return (
    <ul className={styles.ways} aria-label={t("tillDesk.day.ways")}>
      {ways.map(({ name, amount }) => (
        <li key={name}>
          <span>{name}</span>
          <span className={styles.bar} aria-hidden="true">
            <span style={{ width: `${(amount / all) * 100}%` }} />
          </span>
          <span className="num">{money(amount, takings.currency)}</span>
          <span className={styles.quiet}>{share(amount / all, 0)}</span>
        </li>
      ))}
    </ul>
  );
}
