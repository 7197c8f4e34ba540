import { useTranslation } from "react-i18next";
import type { Dashboard, FigureKey } from "../../api/contract";
import { Card } from "../../kit/Card";
import { Figure, type FigureExplanation } from "../../kit/Figure";
import { growth } from "../../kit/format";
import { useFormat } from "../../kit/useFormat";
import styles from "./home.module.css";

const groups = {
  members: ["members", "active_members", "new_members", "repurchase_rate"],
  sales: ["sales_minor", "orders", "average_order_minor", "member_sales_share"],
  points: ["points_issued", "points_used", "points_expired", "points_outstanding"],
} as const satisfies Record<string, readonly FigureKey[]>;

/** These are a state at the end of the period, not something that happened within it. */
const isAtEnd = new Set<FigureKey>(["members", "points_outstanding"]);

const isShare = new Set<FigureKey>(["repurchase_rate", "member_sales_share"]);

export function Figures({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation();
  const { count, wholeMoney, money, share, day, percentagePoints } = useFormat();
  const { period, previous, currency, as_of } = dashboard;

  const told = (key: FigureKey, value: number | null): string | null => {
    if (value === null) return null;
    if (key === "sales_minor") return wholeMoney(value, currency);
    if (key === "average_order_minor") return money(value, currency);
    if (isShare.has(key)) return share(value, 1);
    return count(value);
  };
  const changeText = (key: FigureKey, value: number | null, before: number | null) =>
    isShare.has(key) && value !== null && before !== null
      ? percentagePoints(Math.abs(value - before))
      : undefined;
  const list = (key: FigureKey): FigureExplanation["list"] => {
    const days = `from=${period.from}&to=${period.to}`;
    if (key === "members") return { to: "/members", label: t("home.list.members") };
    if (key === "new_members") {
      const joined = `joined_from=${period.from}&joined_to=${period.to}`;
      return { to: `/members?${joined}&sort=-joined_at`, label: t("home.list.new_members") };
    }
    if (key === "active_members" || key === "repurchase_rate") {
      return { to: `/members?last_order_from=${period.from}`, label: t("home.list.active_members") };
    }
    if (key.startsWith("points_")) {
      return { to: "/members?points_min=1&sort=-points_available", label: t("home.list.points") };
    }
    return { to: `/sales/orders?${days}`, label: t("home.list.orders") };
  };

  return (
    <div className={styles.groups}>
      {(Object.keys(groups) as (keyof typeof groups)[]).map((group) => (
        <Card key={group} title={t(`home.group.${group}`)}>
          <div className={styles.figures}>
            {groups[group].map((key) => {
              const { value, previous: before } = dashboard.figures[key];
              const toldBefore = told(key, before);
              return (
                <Figure
                  key={key}
                  label={t(`home.figure.${key}`)}
                  value={told(key, value)}
                  change={growth(value, before)}
                  changeText={changeText(key, value, before)}
                  isNeutral={group === "points"}
                  explain={{
                    definition: t(`home.definition.${key}`),
                    period: isAtEnd.has(key) ? day(period.to) : `${day(period.from)} – ${day(period.to)}`,
                    previous: toldBefore
                      ? `${t("kit.previous", { value: toldBefore })} (${day(previous.from)} – ${day(previous.to)})`
                      : null,
                    computedAt: as_of,
                    list: list(key),
                  }}
                />
              );
            })}
          </div>
        </Card>
      ))}
    </div>
  );
}
