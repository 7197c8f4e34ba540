import { expect, test } from "vitest";
import { remainingSeconds } from "./remaining";

test("what is left at the present pace", () => {
  expect(remainingSeconds({ done: 100, total: 600, unit: "lines", rate_per_second: 50 })).toBe(10);
});

test("says nothing while nothing is known", () => {
  expect(remainingSeconds({ done: 100, total: null, unit: "lines", rate_per_second: 50 })).toBeNull();
  expect(remainingSeconds({ done: 0, total: 600, unit: "lines", rate_per_second: 50 })).toBeNull();
  expect(remainingSeconds({ done: 100, total: 600, unit: "lines", rate_per_second: 0 })).toBeNull();
});
