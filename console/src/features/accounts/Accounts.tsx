import { WalletOutlined } from "@ant-design/icons";
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useAccounts } from "../../api/accounts";
import { EmptyState } from "../../kit/EmptyState";
import { Loaded } from "../../kit/Loaded";
import { nameOf } from "../../kit/nameOf";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import type { MemberSectionProps } from "../members/sections";
import { AccountActions } from "./AccountActions";
import { AccountFigures } from "./AccountFigures";
import styles from "./accounts.module.css";
import { Entries } from "./Entries";
import { Holds } from "./Holds";
import { Lots } from "./Lots";

const defaults = { account: "points" };

/** What a member owns and owes, account by account, and what may be done about it. */
export function Accounts({ overview }: MemberSectionProps) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { member } = overview;
  const accounts = useAccounts(member.id);
  const [state, patch] = useUrlState(defaults);
  return (
    <Loaded of={accounts} rows={8} minHeight={320}>
      {({ items }) => {
        const account = items.find((one) => one.currency.code === state.account) ?? items[0];
        if (!account) {
          return (
            <EmptyState icon={<WalletOutlined />} title={t("accounts.none")} hint={t("accounts.noneHint")} />
          );
        }
        const subject = { member: member.id, memberName: nameOf(member), account };
        return (
          <div className={styles.account}>
            <div className={styles.top}>
              <Segmented
                value={account.currency.code}
                onChange={(code) => patch({ account: code }, { isReplacing: true })}
                options={items.map(({ currency }) => ({ value: currency.code, label: name(currency.name) }))}
              />
              <AccountActions subject={subject} />
            </div>
            <AccountFigures account={account} />
            {account.holds.length > 0 && <Holds subject={subject} />}
            {account.lots.length > 0 && <Lots lots={account.lots} />}
            <h3>{t("members.points.entries")}</h3>
            <Entries subject={subject} />
          </div>
        );
      }}
    </Loaded>
  );
}
