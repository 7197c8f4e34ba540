import { expect, test } from "vitest";
import { birthdayText, masked } from "./clear";

test("what is masked is known by its stars", () => {
  expect(masked("王*明")).toBe(true);
  expect(masked("王小明")).toBe(false);
  expect(masked(null)).toBe(false);
});

test("a birthday without a year reads as people type it", () => {
  expect(birthdayText("--05-20")).toBe("05-20");
  expect(birthdayText("1990-05-20")).toBe("1990-05-20");
  expect(birthdayText(null)).toBeNull();
});
