import type { RefundReason, RefundWish } from "../../api/checkout";
import type { Order, OrderLine } from "../../api/contract";
import { minorOf } from "./formValues";

export type How = "lines" | "amount" | "whole";

/** What somebody wants refunded; amounts as people write them. */
export interface RefundValues {
  how: How;
  /** By line number: how many come back. */
  quantities: Record<number, number | null>;
  amount?: number | null;
  number: string;
}

/** Why it comes back, as far as somebody said so. */
export interface Why {
  reason: RefundReason | null;
  note: string;
}

export const untold: Why = { reason: null, note: "" };

/** The same refund, with what was said about it: that changes nothing of what it does. */
export function withWhy(wish: RefundWish, why: Why): RefundWish {
  return { ...wish, reason: why.reason, note: why.note.trim() || null };
}

/** How many of a line have not come back yet. */
export function leftOf(line: OrderLine): number {
  // Quantities have three decimals at most; sums of such parts must not show more.
  return Math.round((Number(line.quantity) - Number(line.refunded_quantity)) * 1000) / 1000;
}

export function startOf(order: Order): RefundValues {
  return { how: "lines", quantities: {}, number: `${order.number}-${order.refunds.length + 1}` };
}

function chosen(order: Order, values: RefundValues): { line: OrderLine; quantity: number }[] {
  return order.lines
    .map((line) => ({ line, quantity: values.quantities?.[line.line_no] ?? 0 }))
    .filter(({ quantity }) => quantity > 0);
}

/** What of the order's value would come back. By lines it is near: earlier reductions are not known here. */
export function worthOfRefund(order: Order, values: RefundValues): number {
  if (values.how === "whole") return order.net_minor;
  if (values.how === "amount") return minorOf(values.amount ?? 0, order.currency);
  const sum = chosen(order, values).reduce(
    (all, { line, quantity }) => all + (line.amount_minor * quantity) / Number(line.quantity),
    0,
  );
  return Math.min(Math.round(sum), order.net_minor);
}

/** The refund as a till would send it. `store`: the code of the order's store. */
export function wishOf(
  order: Order,
  values: RefundValues,
  now: string,
  store: string | undefined,
): RefundWish {
  return {
    source: order.source,
    number: values.number.trim(),
    refund_of: order.number,
    // A clock that is a little behind must not put the refund before its order.
    placed_at: Date.parse(now) < Date.parse(order.placed_at) ? order.placed_at : now,
    store: store ?? null,
    is_whole: values.how === "whole",
    amount_minor: values.how === "amount" ? minorOf(values.amount ?? 0, order.currency) : null,
    lines:
      values.how === "lines"
        ? chosen(order, values).map(({ line, quantity }) => ({
            line_no: line.line_no,
            quantity: String(quantity),
          }))
        : [],
  };
}
