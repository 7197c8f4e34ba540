import type { Cart, Quote } from "../../api/checkout";
import type { OrderWish } from "../../api/tillSales";
import type { Cut } from "./cut";
import type { TillSale } from "./offline/sell";
import { amountOf, type Line, type Sale } from "./sale";

/** Every sale of this till is of one source; its number names it within. */
export const source = "till";

export const methods = ["cash", "wechat", "alipay", "card"] as const;
export type Method = (typeof methods)[number];

export interface Part {
  method: Method;
  amount_minor: number;
}

type CartLine = Cart["lines"][number];

function wishOf(line: Line, digits: number, cut: Cut | null): CartLine {
  const amount = cut?.amounts.get(line.id);
  return {
    product: line.product,
    name: line.name,
    quantity: String(line.quantity),
    unit_price: ((line.price_minor ?? 0) / 10 ** digits).toFixed(digits),
    is_goods: line.is_goods,
    ...(amount === undefined ? {} : { amount_minor: amount }),
  };
}

/** The cart as it is asked about. Points are worth nothing without somebody who has them. */
export function cartWish(sale: Sale, store: string, digits: number, cut: Cut | null): Cart {
  return {
    source,
    store,
    member: sale.buyer,
    lines: sale.lines.map((line) => wishOf(line, digits, cut)),
    points: sale.buyer ? sale.points : 0,
    coupons: sale.coupons,
    coupon_minor: 0,
    payments: [],
  };
}

export interface Paid {
  sale: Sale;
  store: string;
  currency: string;
  digits: number;
  cut: Cut | null;
  quote: Quote | null;
  parts: readonly Part[];
  number: string;
  at: string;
}

/** The order as it is recorded: coupons and points as they were quoted, none without a quotation. */
export function orderWish(paid: Paid): OrderWish {
  const { sale, quote } = paid;
  return {
    source,
    number: paid.number,
    kind: "sale",
    placed_at: paid.at,
    store: paid.store,
    member: sale.buyer,
    currency: paid.currency,
    lines: sale.lines.map((line) => wishOf(line, paid.digits, paid.cut)),
    points: quote?.points.used ?? 0,
    coupons: quote?.coupons.map((one) => one.code) ?? [],
    coupon_minor: 0,
    payments: merged(paid.parts),
  };
}

export function tillSale(paid: Paid): TillSale {
  const order = orderWish(paid);
  return {
    order,
    at: paid.at,
    total_minor: paid.parts.reduce((sum, part) => sum + part.amount_minor, 0),
    lines_told: paid.sale.lines.map((line) => ({
      name: line.name,
      quantity: String(line.quantity),
      amount_minor: paid.cut?.amounts.get(line.id) ?? amountOf(line),
    })),
  };
}

/** Two parts by one method are one payment. */
function merged(parts: readonly Part[]): Part[] {
  const sums = new Map<Method, number>();
  for (const { method, amount_minor } of parts) sums.set(method, (sums.get(method) ?? 0) + amount_minor);
  return [...sums].map(([method, amount_minor]) => ({ method, amount_minor }));
}

const letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Store, day, second and four characters by chance: two tills of a store never say the same. */
export function newNumber(store: string, local: { day: string; time: string }, seconds: number): string {
  const chance = Array.from(
    crypto.getRandomValues(new Uint8Array(4)),
    (byte) => letters[byte % letters.length],
  ).join("");
  const day = local.day.slice(2).replaceAll("-", "");
  const time = `${local.time.replace(":", "")}${String(seconds).padStart(2, "0")}`;
  return `${store.slice(0, 40)}-${day}-${time}-${chance}`;
}

/** What is still to be paid, and what goes back of the cash. */
export function settle(
  payable: number,
  parts: readonly Part[],
  received: number,
  method: Method,
): { part: Part; left: number; change: number } {
  const open = payable - parts.reduce((sum, part) => sum + part.amount_minor, 0);
  // Only cash gives change; a card is charged what is open.
  const amount = Math.min(received, open);
  return {
    part: { method, amount_minor: amount },
    left: open - amount,
    change: method === "cash" ? Math.max(0, received - open) : 0,
  };
}
