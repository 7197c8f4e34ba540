import { useTranslation } from "react-i18next";
import type { Wrong } from "../../api/contract";
import { Go } from "../../kit/Go";
import { useCurrencyName } from "../finance/useCurrencyName";
import styles from "./verification.module.css";

const tables = [
  "ledger_entry",
  "ledger_lot",
  "ledger_allocation",
  "ledger_account",
  "ledger_hold",
  "ledger_operation",
  "ledger_root",
] as const;
const parts = ["version", "lot_no", "hold_no", "root_id"] as const;

/** The first row that is wrong: which one it is and what is wrong with it, in words. */
export function WrongRow({ wrong }: { wrong: Wrong }) {
  const { t, i18n } = useTranslation();
  const currencyName = useCurrencyName();
  const table = tables.find((one) => one === wrong.table) ?? "other";
  const row = Object.entries(wrong.row).map(([name, value]) =>
    t(`verification.wrong.row.${parts.find((one) => one === name) ?? "other"}`, { value }),
  );
  const place = [wrong.currency && currencyName(wrong.currency), ...row].filter(Boolean);
  const tableName = t(`verification.wrong.table.${table}`);
  return (
    <div className={styles.wrong}>
      <div className={styles.quiet}>{t("verification.latest.where")}</div>
      <div>
        {place.length > 0
          ? t("verification.wrong.line", {
              table: tableName,
              row: place.join(i18n.language === "en" ? ", " : "，"),
            })
          : tableName}
      </div>
      <b>{wrong.what}</b>
      {wrong.member_id !== null && (
        <div>
          <Go
            to={`/members/${wrong.member_id}?tab=points${wrong.currency ? `&account=${wrong.currency}` : ""}`}
            className={styles.link}
          >
            {t("verification.wrong.member", { id: wrong.member_id })}
          </Go>
        </div>
      )}
    </div>
  );
}
