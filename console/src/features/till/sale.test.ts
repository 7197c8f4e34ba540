import { expect, test } from "vitest";
import type { Product } from "../../api/products";
import { bestCut, type MemberDiscount } from "./cut";
import { after, amountOf, emptySale, piecesOf, type Sale, type Step, totalOf, unpriced } from "./sale";
import { cartWish, newNumber, orderWish, settle, tillSale } from "./wish";

const product = (code: string, price_minor: number | null, category: string | null = null): Product => ({
  id: 1,
  code,
  name: `名 ${code}`,
  is_goods: code !== "POST",
  category,
  brand: null,
  price_minor,
  barcodes: [],
});

const cup = product("CUP", 1990, "kitchen");
const pot = product("POT", 10_000, "garden");
const open = product("OPEN", null);
const run = (...steps: Step[]): Sale => steps.reduce(after, emptySale);
const add = (one: Product, quantity = 1): Step => ({ kind: "add", product: one, quantity });

test("the same product is one line, and pieces with an open price are lines of their own", () => {
  const sale = run(add(cup), add(pot), add(cup, 2), add(open), add(open));

  expect(sale.lines.map((line) => [line.product, line.quantity])).toEqual([
    ["CUP", 3],
    ["POT", 1],
    ["OPEN", 1],
    ["OPEN", 1],
  ]);
  expect(sale.selected).toBe(4);
  expect(unpriced(sale)?.id).toBe(3);
  expect(piecesOf(sale.lines)).toBe(6);
});

test("what is weighed twice has three decimals, and no line more than a till may sell", () => {
  const weighed = run(add(cup, 0.1), add(cup, 0.2));

  expect(cartWish(weighed, "S01", 2, null).lines.map((line) => line.quantity)).toEqual(["0.3"]);
  expect(run(add(cup, 9_999), add(cup, 9_999)).lines.map((line) => line.quantity)).toEqual([10_000]);
});

test("a quantity of nothing takes the line away, and its neighbour is selected", () => {
  const two = run(add(cup), add(pot));

  expect(after(two, { kind: "count", id: 2, quantity: 0 })).toMatchObject({
    selected: 1,
    lines: [{ id: 1 }],
  });
  expect(after(two, { kind: "remove", id: 1 })).toMatchObject({ selected: 2, lines: [{ id: 2 }] });
  expect(run(add(cup), { kind: "remove", id: 1 })).toMatchObject({ selected: null, lines: [] });
});

test("arrows stop at both ends", () => {
  const two = run(add(cup), add(pot));
  const up: Step = { kind: "move", by: -1 };

  expect([two, after(two, up), after(after(two, up), up)].map((sale) => sale.selected)).toEqual([2, 1, 1]);
});

test("amounts are rounded once, half up", () => {
  expect(amountOf({ quantity: 0.5, price_minor: 1 })).toBe(1);
  expect(amountOf({ quantity: 0.333, price_minor: 1000 })).toBe(333);
  expect(totalOf(run(add(cup, 3), add(pot)).lines)).toBe(15_970);
});

test("another person has other coupons and points", () => {
  const chosen = run(
    add(cup),
    { kind: "buyer", buyer: { id: 1 } },
    { kind: "coupons", coupons: ["A"] },
    { kind: "points", points: 100 },
  );

  expect(after(chosen, { kind: "buyer", buyer: { id: 2 } })).toMatchObject({ coupons: "best", points: 0 });
});

const discount = (change: Partial<MemberDiscount>): MemberDiscount => ({
  code: "d",
  name: { zh: "折", en: "Off" },
  percent_off: null,
  amount_minor: null,
  least_order_minor: 0,
  most_minor: null,
  products: [],
  categories: [],
  ...change,
});

test("the discount that takes off most is taken, and its shares add up to it", () => {
  const { lines } = run(add(cup, 3), add(pot));
  const cut = bestCut(lines, [discount({ amount_minor: 1_000 }), discount({ percent_off: 10 })]);

  expect(cut?.off_minor).toBe(1_597);
  expect(totalOf(lines) - [...(cut?.amounts.values() ?? [])].reduce((a, b) => a + b, 0)).toBe(1_597);
});

test("a discount keeps to its goods, its least and its most", () => {
  const { lines } = run(add(cup, 3), add(pot), add(product("POST", 500)));

  expect(bestCut(lines, [discount({ percent_off: 50, categories: ["garden"] })])?.amounts).toEqual(
    new Map([[2, 5_000]]),
  );
  expect(bestCut(lines, [discount({ percent_off: 50, most_minor: 100 })])?.off_minor).toBe(100);
  expect(bestCut(lines, [discount({ percent_off: 50, least_order_minor: 20_000 })])).toBeNull();
  expect(bestCut(lines, [discount({ amount_minor: 99_999, products: ["CUP"] })])?.off_minor).toBe(5_970);
});

test("a cart and its order say the same, and nobody pays with points of nobody", () => {
  const sale = run(add(cup, 2), { kind: "points", points: 100 });
  const cart = cartWish(sale, "S1", 2, null);

  expect(cart).toMatchObject({ source: "till", store: "S1", member: null, points: 0, coupons: "best" });
  expect(cart.lines).toEqual([
    { product: "CUP", name: "名 CUP", quantity: "2", unit_price: "19.90", is_goods: true },
  ]);
  const paid = {
    sale,
    store: "S1",
    currency: "CNY",
    digits: 2,
    cut: null,
    quote: null,
    parts: [
      { method: "cash", amount_minor: 1_000 },
      { method: "card", amount_minor: 1_980 },
      { method: "cash", amount_minor: 1_000 },
    ] as const,
    number: "N",
    at: "2026-11-22T06:05:12Z",
  };
  expect(orderWish(paid)).toMatchObject({
    number: "N",
    points: 0,
    coupons: [],
    lines: cart.lines,
    payments: [
      { method: "cash", amount_minor: 2_000 },
      { method: "card", amount_minor: 1_980 },
    ],
  });
  expect(tillSale(paid)).toMatchObject({
    total_minor: 3_980,
    lines_told: [{ name: "名 CUP", quantity: "2", amount_minor: 3_980 }],
  });
});

test("cash gives change, and a card is charged what is open", () => {
  const part = { method: "card", amount_minor: 1_000 } as const;

  expect(settle(3_980, [part], 5_000, "cash")).toEqual({
    part: { method: "cash", amount_minor: 2_980 },
    left: 0,
    change: 2_020,
  });
  expect(settle(3_980, [], 5_000, "card")).toMatchObject({
    part: { amount_minor: 3_980 },
    left: 0,
    change: 0,
  });
  expect(settle(3_980, [], 1_000, "wechat")).toMatchObject({ left: 2_980, change: 0 });
});

test("a number says store, day and second", () => {
  expect(newNumber("S1", { day: "2026-11-22", time: "14:05" }, 7)).toMatch(/^S1-261122-140507-[2-9A-Z]{4}$/);
  expect(newNumber("x".repeat(80), { day: "2026-11-22", time: "14:05" }, 7).length).toBeLessThanOrEqual(64);
});
