import { expect, test } from "vitest";
import {
  after,
  begun,
  due,
  type KeptSale,
  longestPauseMs,
  mostStumbles,
  needsServer,
  nextAt,
  ownSendingMs,
  pauseAfter,
  queued,
  sentAgain,
  type TillSale,
  type Verdict,
  waysOf,
} from "./queue";

const reason = { code: "members.bad_phone", title: "Bad phone", detail: "Correct it." };

function sale(number: string, at = "2026-03-01T10:00:00Z"): TillSale {
  return {
    order: {
      source: "till",
      number,
      kind: "sale",
      placed_at: at,
      member: { phone: "13800138000" },
      lines: [{ product: "A", quantity: "1", amount_minor: 500, is_goods: true }],
      points: 0,
      coupon_minor: 0,
    },
    at,
    total_minor: 500,
    lines_told: [{ name: "Cup", quantity: "1", amount_minor: 500 }],
  };
}

test("a sale that is being sent is left alone, and taken over when its sender never came back", () => {
  const kept = begun(sale("1"), 1_000);

  expect(due([kept], 1_000)).toEqual([]);
  expect(due([kept], 1_000 + ownSendingMs - 1)).toEqual([]);
  expect(due([kept], 1_000 + ownSendingMs)).toEqual([kept]);
});

test("an answer that never came leaves the sale waiting, the same to the letter", () => {
  const kept = begun(sale("1"), 1_000);

  const next = after(kept, { kind: "unknown" }, 2_000);

  expect(next).toEqual({ ...kept, state: "waiting", revision: 2, not_before: 2_000 });
  expect(next?.order).toBe(kept.order);
});

test("what the server has leaves nothing behind", () => {
  expect(after(queued(sale("1"), 0), { kind: "recorded" }, 5)).toBeNull();
});

test("a refused sale stays with its reason and is not sent by itself", () => {
  const refused = after(queued(sale("1"), 0), { kind: "refused", reason }, 5) as KeptSale;

  expect(refused.state).toBe("refused");
  expect(refused.reason).toEqual(reason);
  expect(due([refused], Number.MAX_SAFE_INTEGER)).toEqual([]);
  expect(nextAt([refused])).toBeNull();
});

test("a refused sale is sent again under its number, with the member that was corrected", () => {
  const refused = after(queued(sale("1"), 0), { kind: "refused", reason }, 5) as KeptSale;

  const again = sentAgain(refused, { member: { phone: "13900139000" } }, 9);

  expect(again).toEqual({
    ...refused,
    order: { ...refused.order, member: { phone: "13900139000" } },
    state: "waiting",
    revision: 3,
    not_before: 9,
    reason: null,
  });
});

test("under another number it is another sale to the queue", () => {
  const taken = { ...reason, code: "checkout.number_taken" };
  const refused = after(queued(sale("1"), 0), { kind: "refused", reason: taken }, 5) as KeptSale;

  expect(sentAgain(refused, { number: "1-2" }, 9).key).toBe("till:1-2");
  expect(waysOf(refused)).toEqual(["again", "renumber"]);
});

test("what helps a refused sale follows from its reason", () => {
  const refusedFor = (code: string, change = {}) => {
    const one = sale("1");
    const kept = queued({ ...one, order: { ...one.order, ...change } }, 0);
    return waysOf(after(kept, { kind: "refused", reason: { ...reason, code } }, 0) as KeptSale);
  };

  expect(refusedFor("members.bad_phone")).toEqual(["again", "phone", "guest"]);
  expect(refusedFor("members.bad_phone", { member: null })).toEqual(["again"]);
  expect(refusedFor("coupons.used", { coupons: ["A"] })).toEqual(["again", "plain"]);
  expect(refusedFor("checkout.date_out_of_range")).toEqual(["again", "now"]);
});

test("a sale that the server stumbles over steps back for longer and longer, then asks for a person", () => {
  let kept = queued(sale("1"), 0);
  const pauses: number[] = [];
  for (let times = 1; times < mostStumbles; times++) {
    kept = after(kept, { kind: "stumbled", reason }, 0) as KeptSale;
    pauses.push(kept.not_before);
  }
  const last = after(kept, { kind: "stumbled", reason }, 0) as KeptSale;

  expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 32_000]);
  expect(last.state).toBe("refused");
});

test("sales go out in the order in which they were sold", () => {
  const late = queued(sale("1", "2026-03-01T10:05:00Z"), 0);
  const early = queued(sale("2", "2026-03-01T10:01:00Z"), 0);
  const zoned = queued(sale("3", "2026-03-01T18:03:00+08:00"), 0);

  expect(due([late, early, zoned], 0).map((one) => one.order.number)).toEqual(["2", "3", "1"]);
});

test("pauses double and end at five minutes", () => {
  expect([1, 2, 3, 4].map(pauseAfter)).toEqual([2_000, 4_000, 8_000, 16_000]);
  expect(pauseAfter(50)).toBe(longestPauseMs);
});

test("points and coupons need the server", () => {
  const { order } = sale("1");

  expect(needsServer(order)).toBe(false);
  expect(needsServer({ ...order, points: 10 })).toBe(true);
  expect(needsServer({ ...order, coupons: ["ABC"] })).toBe(true);
});

/** A server that keeps what it has seen, and a world that loses requests, answers and tabs. */
test("whatever is cut off and wherever, each sale is recorded or still here", () => {
  for (let seed = 1; seed <= 100; seed++) runOf(seed);
});

function runOf(seed: number): void {
  const chance = chances(seed);
  const recorded = new Map<string, number>();
  const sold: string[] = [];
  let stored: KeptSale[] = [];
  let now = 0;
  const put = (seen: KeptSale, next: KeptSale | null) => {
    // As the store does: only if the sale is still as it was seen.
    const isSame = stored.some((one) => one.key === seen.key && one.revision === seen.revision);
    if (isSame) stored = [...stored.filter((one) => one.key !== seen.key), ...(next ? [next] : [])];
  };
  const serve = (kept: KeptSale): Verdict => {
    const { number } = kept.order;
    if (!recorded.has(number) && number.endsWith("3")) return { kind: "refused", reason };
    recorded.set(number, recorded.get(number) ?? 1);
    return { kind: "recorded" };
  };
  /** One sending by one tab; the tab may die before it writes down what it heard. */
  const sendOne = (kept: KeptSale) => {
    const fate = chance(5);
    if (fate === 0) return put(kept, after(kept, { kind: "unknown" }, now));
    const verdict: Verdict = chance(7) === 0 ? { kind: "stumbled", reason } : serve(kept);
    if (fate === 1) return put(kept, after(kept, { kind: "unknown" }, now));
    if (fate === 2) return;
    put(kept, after(kept, verdict, now));
  };
  for (let step = 0; step < 60; step++) {
    now += 500 + chance(20_000);
    if (step < 40 && chance(3) === 0) {
      const number = `S${step}-${chance(4)}`;
      const kept = chance(2) === 0 ? begun(sale(number), now) : queued(sale(number), now);
      stored = [...stored, kept];
      sold.push(number);
      if (kept.state === "sending") sendOne(kept);
      continue;
    }
    const seen = due(stored, now);
    // A second tab sends the same at the same time.
    for (const one of [...seen, ...(chance(4) === 0 ? seen : [])]) sendOne(one);
  }

  const waiting = stored.map((one) => one.order.number);
  for (const number of sold) {
    expect(recorded.has(number) || waiting.includes(number), `${number} of ${seed} is lost`).toBe(true);
  }
  for (const one of stored.filter(({ state }) => state === "refused"))
    expect(one.reason, `${one.key} of ${seed} says why`).toEqual(reason);
  expect(new Set(waiting).size).toBe(waiting.length);
}

/** Numbers below a limit, the same for the same seed. */
function chances(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return (state >>> 8) % below;
  };
}
