import { Popover } from "antd";
import { useTranslation } from "react-i18next";
import type { MemberActivity } from "../../api/contract";
import { useFormat } from "../../kit/useFormat";
import styles from "./activities.module.css";

/** What an activity earned; a click tells by which rule, or why nothing. */
export function Earned({ of: activity }: { of: MemberActivity }) {
  const { t } = useTranslation();
  const { signed, name } = useFormat();
  const sums = new Map<string, { unit: string; amount: number }>();
  for (const one of activity.given) {
    const known = sums.get(one.account) ?? { unit: name(one.account_name), amount: 0 };
    sums.set(one.account, { ...known, amount: known.amount + one.amount });
  }
  const told = [...sums.values()].filter(({ amount }) => amount > 0);
  const reasons = [...activity.given.map(({ text }) => text), ...activity.nothing_because];
  const why = [...new Set(reasons)];
  return (
    <Popover
      trigger="click"
      content={
        <ul className={styles.why}>
          {why.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      }
    >
      <button type="button" className={styles.ask} data-cancelled={activity.cancelled_at !== null}>
        {told.length === 0
          ? t("activities.nothing")
          : told.map(({ unit, amount }) => `${signed(amount)} ${unit}`).join(" · ")}
      </button>
    </Popover>
  );
}
