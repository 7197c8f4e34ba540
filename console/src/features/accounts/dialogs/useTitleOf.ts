import { useTranslation } from "react-i18next";
import { useFormat } from "../../../kit/useFormat";
import type { Subject } from "../subject";

type Act = "give" | "use" | "adjust" | "hold" | "transfer";

/** What a dialog is about, and what is there now. */
export function useTitleOf({ memberName, account }: Subject, act: Act) {
  const { t } = useTranslation();
  const { count, name } = useFormat();
  return {
    title: t(`accounts.dialog.${act}`, { member: memberName, currency: name(account.currency.name) }),
    lead: t("accounts.dialog.now", { value: count(account.available) }),
  };
}
