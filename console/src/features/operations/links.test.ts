import { expect, test } from "vitest";
import { linksOf } from "./links";

test("an event leads to the member and the order that it is about", () => {
  expect(linksOf({ member_id: 7, body: { order_id: 12, amount: 5 } })).toEqual([
    { to: "/members/7", words: "openMember" },
    { to: "/sales/orders/12", words: "openOrder" },
  ]);
});

test("an event about nobody and nothing leads nowhere", () => {
  expect(linksOf({ member_id: null, body: { order_id: null, request_id: "3" } })).toEqual([]);
});
