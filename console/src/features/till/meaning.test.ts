import { expect, test } from "vitest";
import { meaningOf, withQuantity } from "./meaning";

test("a phone, a member's number and a coupon are known by their shape", () => {
  expect(meaningOf(" 138 0013 8000 ", "any")).toEqual({ kind: "phone", phone: "13800138000" });
  expect(meaningOf("+447700900123", "any")).toEqual({ kind: "phone", phone: "+447700900123" });
  expect(meaningOf("m92h6yckbjk", "any")).toEqual({ kind: "memberNumber", number: "M92H6YCKBJK" });
  expect(meaningOf("7k2q-9fgh-7k2q-9fgh", "any")).toEqual({ kind: "coupon", code: "7K2Q9FGH7K2Q9FGH" });
});

test("barcodes and names are looked up, and nothing is nothing", () => {
  for (const text of ["6901234567892", "22423", "85123A", "马克杯", "12345678901234567"])
    expect(meaningOf(text, "any")).toEqual({ kind: "any", text });
  expect(meaningOf("  ", "any")).toEqual({ kind: "nothing" });
});

test("who looks for goods finds goods, whatever they look like", () => {
  expect(meaningOf("13800138000", "goods")).toEqual({ kind: "any", text: "13800138000" });
  expect(meaningOf("7K2Q9FGH7K2Q9FGH", "member")).toEqual({ kind: "any", text: "7K2Q9FGH7K2Q9FGH" });
});

test("a quantity may stand before a code", () => {
  expect(withQuantity("3*6901234567892")).toEqual({ quantity: 3, text: "6901234567892" });
  expect(withQuantity("0.5 × 22423".replace(" × ", "×"))).toEqual({ quantity: 0.5, text: "22423" });
  expect(withQuantity("0*22423")).toEqual({ quantity: 1, text: "0*22423" });
  expect(withQuantity("22423")).toEqual({ quantity: 1, text: "22423" });
});
