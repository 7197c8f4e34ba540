import { expect, test } from "vitest";
import type { Product } from "../../../api/products";
import { matching, named } from "./productSearch";

function product(code: string, name: string, barcodes: string[] = []): Product {
  const rest = { id: 1, is_goods: true, category: null, brand: null, price_minor: 100 };
  return { ...rest, code, name, barcodes };
}

const towel = product("T-1", "棉柔毛巾 Towel", ["6901234567892"]);
const cup = product("6900000000001", "玻璃杯 Glass cup");
const other = product("C-9", "杯垫 Coaster", ["6900000000001"]);
const all = [towel, cup, other];

test("a scanned code finds its product, and a barcode counts more than a code", () => {
  expect(named(all, " 6901234567892 ")).toBe(towel);
  expect(named(all, "t-1")).toBe(towel);
  expect(named(all, "6900000000001")).toBe(other);
  expect(named(all, "690")).toBeNull();
  expect(named(all, "  ")).toBeNull();
});

test("what is typed finds products by name, the nearest first, and no more than asked", () => {
  expect(matching(all, "杯", 10)).toEqual([other, cup]);
  expect(matching(all, "cup glass", 10)).toEqual([cup]);
  expect(matching(all, "69", 1)).toHaveLength(1);
  expect(matching(all, "", 10)).toEqual([]);
});
