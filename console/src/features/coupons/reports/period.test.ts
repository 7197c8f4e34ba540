import { expect, test } from "vitest";
import { daysOf } from "./period";

const today = "2026-03-10";

test("chosen days count before a preset", () => {
  expect(daysOf({ period: "month", from: "2026-01-01", to: "2026-01-05" }, today)).toEqual({
    from: "2026-01-01",
    to: "2026-01-05",
  });
});

test.each([
  ["month", "2026-02-09"],
  ["quarter", "2025-12-11"],
  ["thisYear", "2026-01-01"],
  ["year", "2025-03-11"],
  ["nonsense", "2025-12-11"],
])("%s ends today", (period, from) => {
  expect(daysOf({ period, from: "", to: "" }, today)).toEqual({ from, to: today });
});
