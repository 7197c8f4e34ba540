import { describe, expect, test } from "vitest";
import { exampleOf, mostPoints, worthOf } from "./examples";

const plain = {
  is_on: true,
  points: 100,
  worth_minor: 100,
  step: 1,
  least: 0,
  most_percent: 100,
  may_pay_all: true,
};

describe("how many points may pay ¥250", () => {
  test.each([
    ["all of it", {}, 25_000],
    ["switched off", { is_on: false }, 0],
    ["not all of it", { may_pay_all: false }, 24_999],
    ["half of it", { most_percent: 50 }, 12_500],
    ["in steps", { most_percent: 33, step: 1_000 }, 8_000],
    ["not so little", { least: 30_000 }, 0],
    ["a point that is worth less than the smallest coin", { points: 3, worth_minor: 1 }, 75_002],
  ])("%s", (_name, change, expected) => {
    expect(mostPoints({ ...plain, ...change }, 25_000)).toBe(expected);
  });

  test("what they pay never exceeds the goods", () => {
    const fine = { ...plain, points: 3, worth_minor: 1 };
    expect(worthOf(fine, mostPoints(fine, 25_000))).toBe(25_000);
  });
});

describe("the guide's example", () => {
  const total = (earned: "judge_again" | "share" | "keep", used_points: "give_back" | "keep") =>
    exampleOf({ earned, used_points }).at(-1);

  test("judged again, all comes back", () => {
    expect(
      exampleOf({ earned: "judge_again", used_points: "give_back" }).map((row) => row.takenBack),
    ).toEqual([100, 30, 119, 249]);
    expect(total("judge_again", "give_back")).toEqual({
      step: "total",
      goods: 25_000,
      money: 24_900,
      returned: 100,
      takenBack: 249,
    });
  });

  test("by share, the same in the end", () => {
    expect(exampleOf({ earned: "share", used_points: "give_back" }).map((row) => row.takenBack)).toEqual([
      100, 29, 120, 249,
    ]);
  });

  test("kept, nothing moves but money", () => {
    expect(total("keep", "keep")).toMatchObject({ money: 24_900, returned: 0, takenBack: 0 });
  });
});
