import { describe, expect, it } from "vitest";
import type { RushState } from "../../../api/couponRush";
import { attemptsOf, queueing } from "./figures";

const quiet: RushState = {
  state: "published",
  is_rush: true,
  is_sold_out: false,
  free: 3,
  taken: 1,
  attempts_per_second: {},
};

describe("attempts of a rush", () => {
  it("adds up whatever came of them", () => {
    const busy = { ...quiet, attempts_per_second: { claimed: 1.5, "coupons.queueing": 2, again: 0.5 } };
    expect([attemptsOf(busy), queueing(busy)]).toEqual([4, 2]);
  });
  it("is nothing where nobody came", () => {
    expect([attemptsOf(quiet), queueing(quiet)]).toEqual([0, 0]);
  });
});
