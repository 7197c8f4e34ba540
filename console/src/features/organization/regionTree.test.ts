import { expect, test } from "vitest";
import type { Region, Store } from "../../api/contract";
import { treeOf, within } from "./regionTree";

const region = (id: number, parent_id: number | null): Region => ({
  id,
  code: `${id}`,
  name: `${id}`,
  parent_id,
});
const store = (id: number, region_id: number | null) => ({ id, region_id }) as Store;
const regions = [region(1, null), region(2, 1), region(3, 2), region(4, null)];

test("a region counts the stores of everything in it", () => {
  const [first, second] = treeOf(regions, [store(1, 1), store(2, 3), store(3, null)]);

  expect(first?.stores).toBe(2);
  expect(first?.children[0]?.children[0]?.stores).toBe(1);
  expect(second?.stores).toBe(0);
});

test("within a region lie its own at any depth", () => {
  expect([...within(1, regions)].sort()).toEqual([1, 2, 3]);
  expect([...within(4, regions)]).toEqual([4]);
});
