import { describe, expect, test } from "vitest";
import type { Order, OrderLine } from "../../api/contract";
import { leftOf, type RefundValues, startOf, untold, wishOf, withWhy, worthOfRefund } from "./refund";

const line = (line_no: number, quantity: string, refunded: string, amount: number): OrderLine => ({
  line_no,
  product: { code: `P${line_no}`, name: "" },
  quantity,
  unit_price: "0",
  amount_minor: amount,
  refunded_quantity: refunded,
  is_goods: true,
});

const order: Order = {
  id: 1,
  kind: "sale",
  number: "T-1",
  source: "till",
  placed_at: "2026-11-20T10:00:00Z",
  store: { id: 7, name: "One" },
  member: null,
  currency: "CNY",
  gross_minor: 25_000,
  net_minor: 15_000,
  refunded_minor: 10_000,
  line_count: 2,
  status: "partly_refunded",
  points_used: 100,
  points_minor: 100,
  coupon_minor: 0,
  refund_reason: null,
  refund_note: null,
  lines: [line(1, "2", "1", 20_000), line(2, "1.300", "0.100", 5_000)],
  refunds: [
    {
      order_id: 2,
      number: "T-1-1",
      at: "2026-11-21T10:00:00Z",
      amount_minor: 10_000,
      reason: null,
      note: null,
    },
  ],
  matches: null,
  points: [],
  payments: [],
};
const later = "2026-11-22T10:00:00Z";
const values = (change: Partial<RefundValues>): RefundValues => ({ ...startOf(order), ...change });

describe("what a refund asks for", () => {
  test("begins with the next number", () => {
    expect(startOf(order).number).toBe("T-1-2");
  });

  test("knows what is left of a line", () => {
    expect(order.lines.map(leftOf)).toEqual([1, 1.2]);
  });

  test("names lines and quantities alone", () => {
    const wish = wishOf(order, values({ quantities: { 1: 1, 2: null } }), later, "S1");
    expect(wish).toEqual({
      source: "till",
      number: "T-1-2",
      refund_of: "T-1",
      placed_at: later,
      store: "S1",
      is_whole: false,
      amount_minor: null,
      lines: [{ line_no: 1, quantity: "1" }],
    });
  });

  test("names an amount alone, whatever was chosen before", () => {
    const wish = wishOf(
      order,
      values({ how: "amount", amount: 29.9, quantities: { 1: 1 } }),
      later,
      undefined,
    );
    expect(wish).toMatchObject({ is_whole: false, amount_minor: 2_990, lines: [], store: null });
  });

  test("names the whole order alone", () => {
    const wish = wishOf(order, values({ how: "whole", amount: 3, quantities: { 1: 1 } }), later, undefined);
    expect(wish).toMatchObject({ is_whole: true, amount_minor: null, lines: [] });
  });

  test("says why as far as somebody said so", () => {
    const wish = wishOf(order, values({ how: "whole" }), later, undefined);
    expect(withWhy(wish, untold)).toEqual({ ...wish, reason: null, note: null });
    expect(withWhy(wish, { reason: "faulty", note: "  杯口有裂纹 " })).toEqual({
      ...wish,
      reason: "faulty",
      note: "杯口有裂纹",
    });
  });

  test("never comes before its order", () => {
    const wish = wishOf(order, values({ how: "whole" }), "2026-11-20T09:59:00Z", undefined);
    expect(wish.placed_at).toBe(order.placed_at);
  });
});

describe("what it is worth", () => {
  test("by quantities, in proportion", () => {
    expect(worthOfRefund(order, values({ quantities: { 1: 1 } }))).toBe(10_000);
  });

  test("never more than is left", () => {
    expect(worthOfRefund(order, values({ quantities: { 1: 2 } }))).toBe(15_000);
  });

  test("by amount and whole", () => {
    expect(worthOfRefund(order, values({ how: "amount", amount: 30 }))).toBe(3_000);
    expect(worthOfRefund(order, values({ how: "whole" }))).toBe(15_000);
  });
});
