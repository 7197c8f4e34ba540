import { expect, test } from "vitest";
import { foreseen } from "./foreseen";

test("what is given repays debt first", () => {
  expect(foreseen({ available: 0, debt: 30 }, 100)).toEqual({
    available: 70,
    debt: 0,
    repaid: 30,
    missing: 0,
  });
  expect(foreseen({ available: 0, debt: 30 }, 10)).toEqual({
    available: 0,
    debt: 20,
    repaid: 10,
    missing: 0,
  });
});

test("what is taken comes from what is available, and what is missing is said", () => {
  expect(foreseen({ available: 50, debt: 0 }, -20)).toEqual({
    available: 30,
    debt: 0,
    repaid: 0,
    missing: 0,
  });
  expect(foreseen({ available: 50, debt: 5 }, -80).missing).toBe(30);
});
