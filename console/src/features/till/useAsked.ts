import { useEffect, useMemo, useState } from "react";
import type { Quote } from "../../api/checkout";
import { useTillQuote } from "../../api/till";
import { useSettled } from "../../kit/useSettled";
import { bestCut, type Cut, type MemberDiscount } from "./cut";
import { type Sale, totalOf, unpriced } from "./sale";
import { cartWish } from "./wish";

const typingMs = 150;
const none: MemberDiscount[] = [];

export interface Asked {
  /** The last answer that fits the buyer; of the cart in hand where `isFresh`. */
  quote: Quote | null;
  cut: Cut | null;
  /** What is to be paid, as far as it is known. */
  payable: number;
  isFresh: boolean;
  error: unknown;
  again: () => void;
}

/** What the sale costs: by the server while it is there, by its prices alone while it is not. */
export function useAsked(sale: Sale, store: string, digits: number, isOnline: boolean): Asked {
  const [discounts, setDiscounts] = useState(none);
  const cut = useMemo(
    () => (sale.buyer && isOnline ? bestCut(sale.lines, discounts) : null),
    [sale.lines, sale.buyer, discounts, isOnline],
  );
  const isWhole = sale.lines.length > 0 && unpriced(sale) === null;
  const wanted = useMemo(
    () => (isWhole && isOnline && store ? cartWish(sale, store, digits, cut) : null),
    [isWhole, isOnline, sale, store, digits, cut],
  );
  const settled = useSettled(wanted, typingMs);
  const asked = useTillQuote(settled);
  const isAnswer = asked.data !== undefined && !asked.isPlaceholderData && !asked.error;
  const told = isAnswer ? asked.data : undefined;

  // The member's discounts come with the first answer; the prices that they change are asked about again.
  useEffect(() => {
    if (told) setDiscounts((now) => (isSame(now, told.discounts) ? now : told.discounts));
  }, [told]);

  const isFresh = wanted === null ? isWhole : wanted === settled && isAnswer && !asked.isFetching;
  const quote = wanted && !asked.error ? (asked.data ?? null) : null;
  return {
    quote,
    cut,
    payable: quote ? quote.payable_minor : totalOf(sale.lines) - (cut?.off_minor ?? 0),
    isFresh: isFresh && (told === undefined || isSame(discounts, told.discounts)),
    error: wanted === null ? null : asked.error,
    again: () => void asked.refetch(),
  };
}

const isSame = (one: readonly MemberDiscount[], other: readonly MemberDiscount[]) =>
  JSON.stringify(one) === JSON.stringify(other);
