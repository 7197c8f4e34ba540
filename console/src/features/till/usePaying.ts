import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Refused } from "../../api/client";
import type { MemberOverview } from "../../api/contract";
import { memberKeys } from "../../api/members";
import { inZone } from "../../kit/format";
import { useFormat } from "../../kit/useFormat";
import { shopNow } from "./offline/clock";
import { sell } from "./offline/sell";
import { type ReceiptTold, receiptOf } from "./receiptTold";
import type { Sale, Step } from "./sale";
import type { Asked } from "./useAsked";
import { newNumber, type Part, tillSale } from "./wish";

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
    if (isEmpty) sessionStorage.removeItem(place);
  }, [isEmpty]);

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
      sessionStorage.removeItem(place);
      step({ kind: "clear" });
      for (const queryKey of [memberKeys.all, ["orders"], ["benefits"]])
        void queries.invalidateQueries({ queryKey });
    } catch (refusal) {
      // The server said no, so nothing has this number; without an answer it must stay.
      if (refusal instanceof Refused && refusal.status < 500) sessionStorage.removeItem(place);
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

/** One sale has one number: tried again after a lost answer or a reload, it is the same sale. */
const place = "shuke.till.attempt";

interface Attempt {
  number: string;
  at: string;
}

function attempt(): Attempt | null {
  return JSON.parse(sessionStorage.getItem(place) ?? "null") as Attempt | null;
}

function begin(store: string, zone: string): Attempt {
  const now = shopNow();
  const at = now.toISOString();
  const begun = { number: newNumber(store, inZone(at, zone), now.getUTCSeconds()), at };
  sessionStorage.setItem(place, JSON.stringify(begun));
  return begun;
}
