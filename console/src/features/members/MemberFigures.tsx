import { useTranslation } from "react-i18next";
import type { MemberOverview } from "../../api/contract";
import { useSystem } from "../../api/system";
import { Figure } from "../../kit/Figure";
import { useFormat } from "../../kit/useFormat";
import { sectionData } from "./overview";
import styles from "./profile.module.css";

type Key = "points" | "growth" | "orders" | "spend" | "average" | "lastOrder";

const usual = ["points", "growth"];

export function MemberFigures({ overview, columns }: { overview: MemberOverview; columns: 2 | 6 }) {
  const { t } = useTranslation();
  const { count, money, name } = useFormat();
  const { data: system } = useSystem();
  const { member } = overview;
  const orders = sectionData(overview, "orders");
  const accountOf = (code: string) =>
    sectionData(overview, "points")?.accounts.find((one) => one.currency.code === code);
  const account = accountOf("points");
  // Stored value, stamps and whatever else the shop keeps for its members.
  const others = (sectionData(overview, "points")?.accounts ?? []).filter(
    ({ currency }) => !usual.includes(currency.code),
  );
  const days = orders?.days_since_last_order ?? null;
  const values: [Key, string | null, string?][] = [
    ["points", count(account?.available ?? member.points_available), pointsNote()],
    ["growth", count(accountOf("growth")?.available ?? member.growth)],
    ["spend", money(member.net_spend_minor, member.currency)],
    ["orders", count(member.order_count)],
    ["average", orders ? money(orders.average_order_minor, orders.currency) : null],
    ["lastOrder", days === null ? null : t("members.profile.figures.days", { value: count(days) })],
  ];
  return (
    <div className={styles.figures} data-columns={columns}>
      {values.map(([key, value, note]) => (
        <Figure
          key={key}
          size={columns === 2 ? "body" : "large"}
          label={t(`members.profile.figures.${key}`)}
          value={value}
          note={note}
          explain={{
            definition: t(`members.profile.definition.${key}`),
            period: key === "points" || key === "lastOrder" ? undefined : t("members.profile.allTime"),
            computedAt: system?.now,
          }}
        />
      ))}
      {others.map(({ currency, available, pending }) => (
        <Figure
          key={currency.code}
          size={columns === 2 ? "body" : "large"}
          label={name(currency.name)}
          value={count(available)}
          note={pending > 0 ? t("members.profile.pending", { value: count(pending) }) : undefined}
          explain={{ definition: t("members.profile.definition.account"), computedAt: system?.now }}
        />
      ))}
    </div>
  );

  function pointsNote(): string | undefined {
    if (!account) return undefined;
    const parts = [
      account.pending > 0 && t("members.profile.pending", { value: count(account.pending) }),
      account.held > 0 && t("members.profile.held", { value: count(account.held) }),
      account.debt > 0 && t("members.debt", { value: count(account.debt) }),
    ].filter(Boolean);
    return parts.length > 0 ? parts.join(" · ") : undefined;
  }
}
