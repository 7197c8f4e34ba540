import { Refused } from "../../api/client";
import { inZone } from "../../kit/format";
import { shopNow } from "./offline/clock";
import type { KeptSale } from "./offline/queue";
import { newNumber, source } from "./wish";

/** One sale has one number: tried again after a lost answer or a reload, it is the same sale. */
const place = "shuke.till.attempt";
const taken = "checkout.number_taken";

export interface Attempt {
  number: string;
  at: string;
}

export function attempt(): Attempt | null {
  return JSON.parse(sessionStorage.getItem(place) ?? "null") as Attempt | null;
}

export function begin(store: string, zone: string): Attempt {
  const now = shopNow();
  const at = now.toISOString();
  const begun = { number: newNumber(store, inZone(at, zone), now.getUTCSeconds()), at };
  sessionStorage.setItem(place, JSON.stringify(begun));
  return begun;
}

export function forget(): void {
  sessionStorage.removeItem(place);
}

/** The server has this sale already, as it was before the cashier changed it: an earlier answer was lost. */
export function isSoldBefore(refusal: unknown): boolean {
  return refusal instanceof Refused && refusal.problem.code === taken;
}

/** Whether nothing has the number, so that the next try is a new sale. Without an answer it must stay. */
export function isOver(refusal: unknown): boolean {
  return refusal instanceof Refused && refusal.status < 500 && !isSoldBefore(refusal);
}

/** The sale of a try that was kept before the page was loaded again: the queue sends it, and nobody else. */
export function keptOf(begun: Attempt, all: readonly KeptSale[]): KeptSale | undefined {
  return all.find(({ order }) => order.source === source && order.number === begun.number);
}
