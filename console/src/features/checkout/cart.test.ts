import { describe, expect, test } from "vitest";
import { cartOf, startCart } from "./cart";
import { policiesOf, valuesOf } from "./formValues";

const line = { product: " TEA ", quantity: 2, price: 19.9 };

describe("a cart that is tried", () => {
  test("goes out as a till would send it", () => {
    const values = { ...startCart, lines: [line], phone: " 13800000000 ", coupon: 5 };
    expect(cartOf(values, "CNY")).toEqual({
      source: "console",
      member: { phone: "13800000000" },
      lines: [{ product: "TEA", quantity: "2", unit_price: "19.9", is_goods: true }],
      points: "most",
      coupons: "best",
      coupon_minor: 500,
    });
  });

  test("asks for the points that were written", () => {
    const cart = cartOf(
      { ...startCart, lines: [line], phone: "13800000000", is_most: false, points: 300 },
      "CNY",
    );
    expect(cart.points).toBe(300);
  });

  test("uses the coupons that were named, or none", () => {
    const cart = { ...startCart, lines: [line], is_best: false };
    expect(cartOf({ ...cart, codes: ["A", "B"] }, "CNY").coupons).toEqual(["A", "B"]);
    expect(cartOf(cart, "CNY").coupons).toEqual([]);
  });

  test("uses no points of nobody", () => {
    expect(cartOf({ ...startCart, lines: [line] }, "CNY")).toMatchObject({ member: null, points: 0 });
  });
});

test("policies come back from the form as they went in", () => {
  const policies = {
    points_payment: {
      is_on: true,
      points: 100,
      worth_minor: 115,
      step: 10,
      least: 100,
      most_percent: 50,
      may_pay_all: false,
    },
    refunds: { earned: "share", used_points: "keep", limits: "keep", before_order: "refuse" },
    products: { unknown: "refuse" },
  } as const;
  expect(valuesOf(policies, "CNY").points_payment.worth).toBe(1.15);
  expect(policiesOf(valuesOf(policies, "CNY"), "CNY")).toEqual(policies);
  expect(policiesOf(valuesOf(policies, "JPY"), "JPY")).toEqual(policies);
});
