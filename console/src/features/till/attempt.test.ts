import { beforeEach, expect, test, vi } from "vitest";
import { Refused, Unreachable } from "../../api/client";
import { attempt, begin, forget, isOver, isSoldBefore, keptOf } from "./attempt";
import type { KeptSale } from "./offline/queue";

vi.mock("./offline/clock", () => ({ shopNow: () => new Date("2026-03-01T10:00:00Z") }));

const refused = (code: string, status: number) =>
  new Refused({ code, title: "No", status, detail: "Because." } as never, status, null);

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});

test("a sale that is tried again has the number and the instant of its first try", () => {
  expect(attempt()).toBeNull();
  const begun = begin("S01", "Asia/Shanghai");

  expect(begun.at).toBe("2026-03-01T10:00:00.000Z");
  expect(begun.number).toMatch(/^S01-260301-180000-[2-9A-Z]{4}$/);
  expect(attempt()).toEqual(begun);
  forget();
  expect(attempt()).toBeNull();
});

test("a cart that was changed after a lost answer does not become a second sale", () => {
  const changed = refused("checkout.number_taken", 409);

  expect([isSoldBefore(changed), isOver(changed)]).toEqual([true, false]);
});

test("only a refusal ends a try: without an answer nobody knows", () => {
  const all = [
    refused("coupons.used", 409),
    refused("server.failed", 500),
    new Unreachable(),
    new Error("disk"),
  ];

  expect(all.map(isOver)).toEqual([true, false, false, false]);
  expect(all.map(isSoldBefore)).toEqual([false, false, false, false]);
});

test("what waits to be sent is no longer in hand after a reload", () => {
  const begun = { number: "S01-1", at: "2026-03-01T10:00:00Z" };
  const kept = (source: string, number: string) => ({ order: { source, number } }) as KeptSale;

  const mine = kept("till", "S01-1");

  expect(keptOf(begun, [kept("till", "S01-2"), mine])).toBe(mine);
  expect(keptOf(begun, [kept("till", "S01-2"), kept("shop", "S01-1")])).toBeUndefined();
});
