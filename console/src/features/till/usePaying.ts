import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Refused } from "../../api/client";
import type { MemberOverview } from "../../api/contract";
import { memberKeys } from "../../api/members";
import { inZone } from "../../kit/format";
import { useFormat } from "../../kit/useFormat";
import { shopNow } from "./offline/clock";
import { sell } from "./offline/sell";
import { type ReceiptTold, receiptOf } from "./receiptTold";
import type { Sale } from "./sale";
import type { Asked } from "./useAsked";
import { newNumber, type Part, tillSale } from "./wish";

interface Surroundings {
  sale: Sale;
  asked: Asked;
  store: { code: string; name: string };
  cashier: string;
  currency: string;
  digits: number;
}

/** Sells what is in hand, once. */
export function usePaying({ sale, asked, store, cashier, currency, digits }: Surroundings) {
  const queries = useQueryClient();
  const { zone } = useFormat();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [receipt, setReceipt] = useState<ReceiptTold | null>(null);
  // One sale has one number: tried again after a lost answer, it is the same sale.
  const attempt = useRef<{ number: string; at: string } | null>(null);

  const pay = async (parts: Part[], change: number) => {
    setBusy(true);
    setError(null);
    attempt.current ??= begin(store.code, zone);
    const { number, at } = attempt.current;
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
      attempt.current = null;
      for (const queryKey of [memberKeys.all, ["orders"], ["benefits"]])
        void queries.invalidateQueries({ queryKey });
    } catch (refusal) {
      // The server said no, so nothing has this number; without an answer it must stay.
      if (refusal instanceof Refused && refusal.status < 500) attempt.current = null;
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

function begin(store: string, zone: string): { number: string; at: string } {
  const now = shopNow();
  const at = now.toISOString();
  return { number: newNumber(store, inZone(at, zone), now.getUTCSeconds()), at };
}
