import { expect, test } from "vitest";
import type { Benefit, BenefitWish } from "../../api/benefits";
import { startValues, type Values, valuesOf, wishOf } from "./formValues";
import { allKinds } from "./kinds";

const filled: Values = {
  ...startValues,
  code: "one",
  name_zh: "礼",
  name_en: "Gift",
  levels: ["gold"],
  least_order: 99.5,
  most_off: 20,
  products: ["A1"],
  gift_zh: "蛋糕",
  gift_en: "Cake",
  units: 2,
  on: "08-15",
  calendar: "lunar",
  days_before: 3,
  days_after: 4,
  valid_days: 30,
  on_refund: "revoke",
  is_on_birthday: true,
};

function benefit(wish: BenefitWish): Benefit {
  return { ...wish, code: "one", kind: wish.what.kind } as unknown as Benefit;
}

test.each(allKinds)("what is sent of %s comes back into the form and is sent again", (kind) => {
  const wish = wishOf({ ...filled, kind }, "CNY");

  expect(wishOf(valuesOf(benefit(wish), "CNY"), "CNY")).toEqual(wish);
});

test("amounts are sent in minor units, and points always as one unit", () => {
  expect(wishOf({ ...filled, kind: "free_shipping" }, "CNY").what).toMatchObject({ least_order_minor: 9950 });
  expect(wishOf({ ...filled, kind: "free_shipping", least_order: 500 }, "JPY").what).toMatchObject({
    least_order_minor: 500,
  });
  expect(wishOf({ ...filled, kind: "monthly_gift", gift: "points" }, "CNY").what).toMatchObject({ units: 1 });
});

test("a coupon is sent by its template, and comes back", () => {
  const wish = wishOf({ ...filled, kind: "monthly_gift", gift: "coupon", coupon: "ten-off" }, "CNY");
  expect(wish.what).toMatchObject({ gift: { kind: "coupon", template: "ten-off" }, units: 1 });
  expect(wishOf(valuesOf(benefit(wish), "CNY"), "CNY")).toEqual(wish);
});
