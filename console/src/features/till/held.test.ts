import { beforeEach, expect, test } from "vitest";
import { type HeldSale, heldIn, holdIn, takeFrom } from "./held";
import { emptySale } from "./sale";

class Kept implements Storage {
  private readonly values = new Map<string, string>();
  get length() {
    return this.values.size;
  }
  clear = () => this.values.clear();
  getItem = (key: string) => this.values.get(key) ?? null;
  key = (index: number) => [...this.values.keys()][index] ?? null;
  removeItem = (key: string) => void this.values.delete(key);
  setItem = (key: string, value: string) => void this.values.set(key, value);
}

let place: Kept;
const aside = (id: string, at: string): HeldSale => ({ id, at, by: "小陈", sale: emptySale });
const ids = () => heldIn(place, "S1").map(({ id }) => id);

beforeEach(() => {
  place = new Kept();
});

test("what two tabs set aside at once is there for both, the newest first", () => {
  // Both tabs have looked before either writes.
  expect([ids(), ids()]).toEqual([[], []]);
  holdIn(place, "S1", aside("a", "2026-11-01T02:00:00Z"));
  holdIn(place, "S1", aside("b", "2026-11-01T02:01:00Z"));
  expect(ids()).toEqual(["b", "a"]);
});

test("only one of two tabs gets a sale, and the other sales stay", () => {
  holdIn(place, "S1", aside("a", "2026-11-01T02:00:00Z"));
  holdIn(place, "S1", aside("b", "2026-11-01T02:01:00Z"));
  expect(takeFrom(place, "S1", "a")?.id).toBe("a");
  expect(takeFrom(place, "S1", "a")).toBeNull();
  expect(ids()).toEqual(["b"]);
});

test("every store has its own", () => {
  holdIn(place, "S1", aside("a", "2026-11-01T02:00:00Z"));
  expect(heldIn(place, "S10")).toEqual([]);
  expect(takeFrom(place, "S10", "a")).toBeNull();
  expect(ids()).toEqual(["a"]);
});

test("no phone is kept, nor what the server only lends", () => {
  const sale = { ...emptySale, buyer: { phone: "15400000001" }, points: 300 };
  holdIn(place, "S1", { ...aside("a", "2026-11-01T02:00:00Z"), sale });
  holdIn(place, "S1", { ...aside("b", "2026-11-01T02:01:00Z"), sale: { ...sale, buyer: { id: 7 } } });
  expect(heldIn(place, "S1").map(({ sale: kept }) => [kept.buyer, kept.points])).toEqual([
    [{ id: 7 }, 0],
    [null, 0],
  ]);
  expect(place.getItem("shuke.till.held.S1.a")).not.toContain("154");
});

test("what cannot be read is not shown", () => {
  place.setItem("shuke.till.held.S1.a", "{");
  place.setItem("shuke.till.held.S1.b", "{}");
  expect(ids()).toEqual([]);
});
