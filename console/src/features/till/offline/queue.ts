import type { OrderWish } from "../../../api/tillSales";

/** A line as the receipt says it; what the cashier sees of a sale that waits. */
export interface LineTold {
  name: string;
  quantity: string;
  amount_minor: number;
}

/** A sale as the till hands it over. `at`: the instant of the sale, the same as in its order. */
export interface TillSale {
  order: OrderWish;
  at: string;
  total_minor: number;
  lines_told: LineTold[];
}

export interface Reason {
  code: string;
  title: string;
  detail: string;
}

/**
 * A sale kept in the browser until the server has it.
 *
 * `sending`: written down before its first sending, and not answered yet. `waiting`: to be sent. `refused`: the
 * server said no, and a person has to decide.
 */
export interface KeptSale extends TillSale {
  key: string;
  state: "sending" | "waiting" | "refused";
  /** Grows with every change: an answer to an older state of the sale counts no more. */
  revision: number;
  /** Before this instant nobody sends it; in milliseconds of the browser's clock. */
  not_before: number;
  /** How often the server stumbled over just this sale. */
  stumbles: number;
  reason: Reason | null;
}

/** What a sending came to. */
export type Verdict =
  | { kind: "recorded" }
  | { kind: "refused"; reason: Reason }
  /** The server failed at this sale, which says nothing about others. */
  | { kind: "stumbled"; reason: Reason }
  /** Nobody knows whether it arrived: to be sent again under the same number. */
  | { kind: "unknown" };

/** A first sending is left alone for so long; after a crash in its middle the queue takes the sale over. */
export const ownSendingMs = 60_000;
export const longestPauseMs = 5 * 60_000;
const shortestPauseMs = 2_000;
/** After so many failures of the server at one sale a person looks at it; the others go on. */
export const mostStumbles = 6;

export function keyOf(order: { source: string; number: string }): string {
  return `${order.source}:${order.number}`;
}

/** Written down before it is sent, so that a crash in the middle loses nothing. */
export function begun(sale: TillSale, now: number): KeptSale {
  return {
    ...sale,
    key: keyOf(sale.order),
    state: "sending",
    revision: 1,
    not_before: now + ownSendingMs,
    stumbles: 0,
    reason: null,
  };
}

/** A sale that waits from the beginning: the till is offline. */
export function queued(sale: TillSale, now: number): KeptSale {
  return { ...begun(sale, now), state: "waiting", not_before: now };
}

/** The sale after an answer; null: the server has it, and nothing of it stays here. */
export function after(kept: KeptSale, verdict: Verdict, now: number): KeptSale | null {
  const next = { ...kept, revision: kept.revision + 1 };
  if (verdict.kind === "recorded") return null;
  if (verdict.kind === "refused") return { ...next, state: "refused", reason: verdict.reason };
  if (verdict.kind === "unknown") return { ...next, state: "waiting", not_before: now };
  const stumbles = kept.stumbles + 1;
  if (stumbles >= mostStumbles) return { ...next, state: "refused", stumbles, reason: verdict.reason };
  return { ...next, state: "waiting", stumbles, not_before: now + pauseAfter(stumbles) };
}

/** A refused sale that a person sends again, changed or as it is. */
export function sentAgain(kept: KeptSale, change: Partial<OrderWish>, now: number): KeptSale {
  const order = { ...kept.order, ...change };
  return {
    ...kept,
    order,
    key: keyOf(order),
    state: "waiting",
    revision: kept.revision + 1,
    not_before: now,
    stumbles: 0,
    reason: null,
  };
}

/** What may help a refused sale; each is a change that a person decides on. */
export type Way = "again" | "phone" | "guest" | "plain" | "renumber" | "now";

/** The ways that fit the reason of a refusal; to send it again as it is always stays possible. */
export function waysOf(kept: KeptSale): Way[] {
  const code = kept.reason?.code ?? "";
  if (code === "checkout.number_taken") return ["again", "renumber"];
  if (code === "checkout.date_out_of_range") return ["again", "now"];
  const ways: Way[] = ["again"];
  if (kept.order.member && (code.startsWith("members.") || code === "request.invalid"))
    ways.push("phone", "guest");
  if (needsServer(kept.order)) ways.push("plain");
  return ways;
}

/** What is to be sent now, in the order in which it was sold. */
export function due(all: readonly KeptSale[], now: number): KeptSale[] {
  return inOrder(all.filter((one) => one.state !== "refused" && one.not_before <= now));
}

/** When there is something to send; null where nothing waits. */
export function nextAt(all: readonly KeptSale[]): number | null {
  const times = all.filter((one) => one.state !== "refused").map((one) => one.not_before);
  return times.length > 0 ? Math.min(...times) : null;
}

export function inOrder(all: readonly KeptSale[]): KeptSale[] {
  const instant = (one: KeptSale) => Date.parse(one.at);
  return [...all].sort((a, b) => instant(a) - instant(b) || (a.key < b.key ? -1 : 1));
}

/** How long to be quiet after so many failures in a row: twice as long each time. */
export function pauseAfter(failures: number): number {
  return Math.min(longestPauseMs, shortestPauseMs * 2 ** Math.max(0, failures - 1));
}

/** Points, coupons and stored value are the server's to give: without it they cannot be promised. */
export function needsServer(order: OrderWish): boolean {
  return order.points > 0 || (order.coupons?.length ?? 0) > 0;
}
