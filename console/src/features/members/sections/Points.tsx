import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useAccounts } from "../../../api/accounts";
import { Loaded } from "../../../kit/Loaded";
import { useFormat } from "../../../kit/useFormat";
import { useUrlState } from "../../../kit/useUrlState";
import type { MemberSectionProps } from "../sections";
import { Entries } from "./Entries";
import { Lots } from "./Lots";
import styles from "./sections.module.css";

const defaults = { account: "points" };
const states = ["available", "pending", "held", "debt"] as const;

export function Points({ overview }: MemberSectionProps) {
  const { t } = useTranslation();
  const { name, count } = useFormat();
  const member = overview.member.id;
  const accounts = useAccounts(member);
  const [state, patch] = useUrlState(defaults);
  return (
    <Loaded of={accounts} rows={8} minHeight={320}>
      {({ items }) => {
        const account = items.find((one) => one.currency.code === state.account) ?? items[0];
        if (!account) return null;
        return (
          <div className={styles.points}>
            <div className={styles.accountLine}>
              <Segmented
                value={account.currency.code}
                onChange={(code) => patch({ account: code }, { isReplacing: true })}
                options={items.map(({ currency }) => ({ value: currency.code, label: name(currency.name) }))}
              />
              <dl className={styles.balances}>
                {states
                  .filter((key) => key === "available" || account[key] > 0)
                  .map((key) => (
                    <div key={key}>
                      <dt>{t(`members.points.${key}`)}</dt>
                      <dd>{count(account[key])}</dd>
                    </div>
                  ))}
              </dl>
            </div>
            {account.lots.length > 0 && <Lots lots={account.lots} />}
            <h3>{t("members.points.entries")}</h3>
            <Entries member={member} currency={account.currency.code} />
          </div>
        );
      }}
    </Loaded>
  );
}
