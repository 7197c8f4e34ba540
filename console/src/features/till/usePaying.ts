import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MemberOverview } from "../../api/contract";
import { memberKeys } from "../../api/members";
import { useFormat } from "../../kit/useFormat";
import { attempt, begin, forget as forgetAttempt, isOver, keptOf } from "./attempt";
import { connection } from "./offline/connection";
import { after } from "./offline/queue";
import { sell } from "./offline/sell";
import { keptSales, move } from "./offline/store";
import { type ReceiptTold, receiptOf } from "./receiptTold";
import type { Sale, Step } from "./sale";
import type { Asked } from "./useAsked";
import { type Part, tillSale } from "./wish";

interface Surroundings {
  sale: Sale;
  step: (step: Step) => void;
  asked: Asked;
  store: { code: string; name: string };
  cashier: string;
  currency: string;
  digits: number;
}

/** Sells what is in hand, once. */
export function usePaying({ sale, step, asked, store, cashier, currency, digits }: Surroundings) {
  const queries = useQueryClient();
  const { zone } = useFormat();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [receipt, setReceipt] = useState<ReceiptTold | null>(null);
  const isEmpty = sale.lines.length === 0;
  useEffect(() => {
    if (isEmpty) forgetAttempt();
  }, [isEmpty]);
  useKeptBefore(step);

  const pay = async (parts: Part[], change: number) => {
    setBusy(true);
    setError(null);
    const { number, at } = attempt() ?? begin(store.code, zone);
    const { quote, cut } = asked;
    try {
      const sold = await sell(
        tillSale({ sale, store: store.code, currency, digits, cut, quote, parts, number, at }),
      );
      const answer = sold.kind === "recorded" ? sold.answer : null;
      const seen = queries.getQueryData<MemberOverview>(memberKeys.one(sale.buyer?.id ?? ""));
      const member = seen?.member.number ?? null;
      setReceipt(
        receiptOf({ sale, asked, parts, change, number, at, store: store.name, cashier, answer, member }),
      );
      // What is sold is no longer in hand: loaded again, the page must not offer it a second time.
      forgetAttempt();
      step({ kind: "clear" });
      for (const queryKey of [memberKeys.all, ["orders"], ["benefits"]])
        void queries.invalidateQueries({ queryKey });
    } catch (refusal) {
      if (isOver(refusal)) forgetAttempt();
      setError(refusal);
      asked.again();
    } finally {
      setBusy(false);
    }
  };
  const forget = () => {
    setError(null);
    setReceipt(null);
  };
  return { pay, isBusy, error, receipt, forget };
}

let isLoadedAgain = true;

/** The page was loaded again while a sale was being sent: nobody waits for its answer any more, so it leaves the hand. */
function useKeptBefore(step: (step: Step) => void): void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  useEffect(() => {
    const begun = isLoadedAgain ? attempt() : null;
    isLoadedAgain = false;
    if (!begun) return;
    const takeOver = async () => {
      const seen = keptOf(begun, await keptSales());
      if (!seen) return;
      if (seen.state === "sending") {
        await move([{ seen, next: after(seen, { kind: "unknown" }, Date.now()) }]);
        connection.lookSoon();
      }
      step({ kind: "clear" });
      message.info(t("till.pay.keptBefore"));
    };
    void takeOver().catch(() => undefined);
  }, [step, message, t]);
}
