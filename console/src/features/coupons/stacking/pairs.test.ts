import { describe, expect, test } from "vitest";
import type { Stacking } from "../../../api/coupons";
import { goTogether, moveGroup, switchPair, withoutGroup } from "./pairs";

const group = (category: string) => ({
  category,
  name_zh: category,
  name_en: category,
  mode: "best_for_customer" as const,
  most: 1,
});
const open: Stacking = {
  groups: [group("a"), group("b"), group("c")],
  together: true,
  never: [],
  always: [],
  most: 10,
  base: "after",
  floor_minor: 0,
};
const shut: Stacking = { ...open, together: false };

describe("pairs of groups", () => {
  test("go together as the rules say where nothing else is said", () => {
    expect(goTogether(open, "a", "b")).toBe(true);
    expect(goTogether(shut, "a", "b")).toBe(false);
  });

  test("are switched, whichever comes first, and back to saying nothing", () => {
    const without = switchPair(open, "a", "b");
    expect(without.never).toEqual([["a", "b"]]);
    expect(goTogether(without, "b", "a")).toBe(false);
    expect(switchPair(without, "b", "a")).toEqual(open);

    const withPair = switchPair(shut, "a", "b");
    expect(withPair.always).toEqual([["a", "b"]]);
    expect(goTogether(withPair, "b", "a")).toBe(true);
    expect(switchPair(withPair, "b", "a")).toEqual(shut);
  });

  test("go with their group", () => {
    expect(withoutGroup(switchPair(open, "a", "b"), "b")).toEqual({
      ...open,
      groups: [group("a"), group("c")],
    });
  });
});

test("a group moves one place", () => {
  expect(moveGroup(open, 0, 1).groups.map((one) => one.category)).toEqual(["b", "a", "c"]);
  expect(moveGroup(open, 2, -1).groups.map((one) => one.category)).toEqual(["a", "c", "b"]);
});
