import type { LocalName } from "../../api/contract";
import type { Recorded } from "../../api/tillSales";
import { amountOf, type Buyer, type Sale, totalOf } from "./sale";
import type { Asked } from "./useAsked";
import type { Part } from "./wish";

/** A sale as its receipt tells it; all that is printed stands here. */
export interface ReceiptTold {
  kind: "sale" | "refund";
  number: string;
  at: string;
  store: string;
  cashier: string;
  lines: { name: string; quantity: number; price_minor: number; amount_minor: number }[];
  total_minor: number;
  cuts: { name: LocalName; amount_minor: number }[];
  points: { used: number; worth_minor: number } | null;
  payable_minor: number;
  payments: Part[];
  change_minor: number;
  member: { tail: string; tier: string | null; earned: number; balance: number } | null;
  /** The server does not have it yet: points come later. */
  is_queued: boolean;
}

interface Told {
  sale: Sale;
  asked: Asked;
  parts: Part[];
  change: number;
  number: string;
  at: string;
  store: string;
  cashier: string;
  answer: Recorded | null;
  /** The member's number, where it is known. */
  member: string | null;
}

export function receiptOf(told: Told): ReceiptTold {
  const { sale, asked, answer } = told;
  const { quote, cut } = asked;
  const coupons = quote?.coupons ?? [];
  return {
    kind: "sale",
    number: told.number,
    at: told.at,
    store: told.store,
    cashier: told.cashier,
    lines: sale.lines.map((line) => ({
      name: line.name,
      quantity: line.quantity,
      price_minor: line.price_minor ?? 0,
      amount_minor: amountOf(line),
    })),
    total_minor: totalOf(sale.lines),
    cuts: [
      ...(cut ? [{ name: cut.discount.name, amount_minor: cut.off_minor }] : []),
      // What the server took off counts; the quotation has the names.
      ...(answer?.coupons ?? coupons).map((one) => ({
        name: coupons.find((known) => known.code === one.code)?.name ?? { zh: one.code, en: one.code },
        amount_minor: one.discount_minor,
      })),
    ],
    points:
      quote && quote.points.used > 0
        ? { used: quote.points.used, worth_minor: quote.points.worth_minor }
        : null,
    payable_minor: asked.payable,
    payments: told.parts,
    change_minor: told.change,
    member: memberTold(sale.buyer, told.member, answer),
    is_queued: answer === null,
  };
}

function memberTold(
  buyer: Buyer | null,
  number: string | null,
  answer: Recorded | null,
): ReceiptTold["member"] {
  if (!buyer) return null;
  return {
    tail: (buyer.phone ?? number ?? buyer.number ?? "").slice(-4),
    tier: answer?.tier?.code ?? null,
    earned: answer?.points?.earned ?? 0,
    balance: answer?.points?.balance ?? 0,
  };
}
