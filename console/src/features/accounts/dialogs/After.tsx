import { useTranslation } from "react-i18next";
import type { Account } from "../../../api/contract";
import { useFormat } from "../../../kit/useFormat";
import styles from "./dialogs.module.css";
import { foreseen } from "./foreseen";

interface Props {
  account: Account;
  /** Above zero gives, below zero takes. */
  change: number;
  /** An adjustment may leave a debt where the account's rules allow it; nothing else may. */
  mayOwe?: boolean;
}

/** What the account will be like afterwards. The server has the last word. */
export function After({ account, change, mayOwe = false }: Props) {
  const { t } = useTranslation();
  const { count } = useFormat();
  if (change === 0) return null;
  const { available, debt, missing, repaid } = foreseen(account, change);
  if (missing > 0) {
    const values = { available: count(account.available), missing: count(missing) };
    return (
      <p className={styles.after} data-short="true" aria-live="polite">
        {t(mayOwe ? "accounts.dialog.beyond" : "accounts.dialog.short", values)}
      </p>
    );
  }
  return (
    <p className={styles.after} aria-live="polite">
      {debt > 0
        ? t("accounts.dialog.afterDebt", { value: count(available), debt: count(debt) })
        : t("accounts.dialog.after", { value: count(available) })}
      {repaid > 0 && ` · ${t("accounts.dialog.repays", { value: count(repaid) })}`}
    </p>
  );
}
