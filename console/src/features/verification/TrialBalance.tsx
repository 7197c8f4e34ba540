import { useTranslation } from "react-i18next";
import type { CurrencyBalance } from "../../api/contract";
import { useTrialBalance } from "../../api/verification";
import { Card } from "../../kit/Card";
import { Loaded } from "../../kit/Loaded";
import { Swatch } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import { useCurrencyName } from "../finance/useCurrencyName";
import styles from "./verification.module.css";

const sides = [
  "issuance",
  "clawback",
  "breakage",
  "redemption",
  "adjustment",
  "transfer",
  "internal",
] as const;

/** What members hold against the other side of everything that ever moved, currency by currency. */
export function TrialBalance() {
  const { t } = useTranslation();
  const balance = useTrialBalance();
  return (
    <Card title={t("verification.balance.title")} note={t("verification.balance.note")}>
      <Loaded of={balance} rows={6} minHeight={160}>
        {({ items }) =>
          items.length === 0 ? (
            <span className={styles.quiet}>{t("verification.balance.empty")}</span>
          ) : (
            <div className={styles.balances}>
              {items.map((one) => (
                <Balance key={one.currency} balance={one} />
              ))}
            </div>
          )
        }
      </Loaded>
    </Card>
  );
}

function Balance({ balance }: { balance: CurrencyBalance }) {
  const { t } = useTranslation();
  const currencyName = useCurrencyName();
  return (
    <table className={styles.balance}>
      <caption>
        <b>{currencyName(balance.currency)}</b>
        <Swatch tone={balance.ok ? "good" : "bad"}>
          {t(balance.ok ? "verification.balance.ok" : "verification.balance.notOk")}
        </Swatch>
      </caption>
      <tbody>
        {balance.sides.map(({ side, amount }) => (
          <Row
            key={side}
            label={t(`verification.balance.side.${sides.find((one) => one === side) ?? "other"}`)}
            amount={amount}
          />
        ))}
        <Row label={t("verification.balance.members")} amount={balance.members} />
      </tbody>
      <tfoot>
        <Row label={t("verification.balance.difference")} amount={balance.difference} />
        <Row label={t("verification.balance.liabilities")} amount={balance.liabilities} />
        <Row label={t("verification.balance.lots")} amount={balance.lots} />
      </tfoot>
    </table>
  );
}

function Row({ label, amount }: { label: string; amount: number }) {
  const { count } = useFormat();
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{count(amount)}</td>
    </tr>
  );
}
