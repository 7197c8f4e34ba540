import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../../api/attempt";
import { useOperate, type Wish } from "../../../api/operations";
import { useFormat } from "../../../kit/useFormat";
import type { Subject } from "../subject";

/** One dialog is one wish: its key stays while it is open, so that sending again never does it twice. */
export function useOperation(subject: Subject, onDone: () => void) {
  const { t } = useTranslation();
  const { count, name } = useFormat();
  const { message } = App.useApp();
  const [key] = useState(newKey);
  const operate = useOperate();
  return {
    error: operate.error,
    isBusy: operate.isPending,
    run: (wish: Wish, amount: number) =>
      operate.mutate(
        { wish, key },
        {
          onSuccess: (done) => {
            const value = `${count(amount)} ${name(subject.account.currency.name)}`;
            void message.success(
              done.entries.length > 0 ? t(`accounts.done.${wish.do}`, { value }) : t("accounts.done.nothing"),
            );
            onDone();
          },
        },
      ),
  };
}

/** How an account is named to the server. */
export function accountOf({ member, account }: Subject) {
  return { member: String(member), currency: account.currency.code };
}
