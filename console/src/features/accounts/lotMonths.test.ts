import { expect, test } from "vitest";
import { lotMonths } from "./lotMonths";

const lot = (remaining: number, expires_on: string | null) => ({ remaining, expires_on });

test("lots are summed by the month of their end, with the empty months between them", () => {
  const found = lotMonths([lot(5, "2026-02-28"), lot(7, "2025-12-31"), lot(1, "2026-02-10"), lot(9, null)]);

  expect(found).toEqual([
    { month: "2025-12", amount: 7 },
    { month: "2026-01", amount: 0 },
    { month: "2026-02", amount: 6 },
    { month: "never", amount: 9 },
  ]);
});

test("what ends beyond eighteen months is one sum, and nothing is lost", () => {
  const found = lotMonths([
    lot(1, "2026-01-31"),
    lot(2, "2027-06-30"),
    lot(3, "2027-07-31"),
    lot(4, "2040-01-31"),
  ]);

  expect(found).toHaveLength(19);
  expect(found[17]).toEqual({ month: "2027-06", amount: 2 });
  expect(found[18]).toEqual({ month: "later", amount: 7 });
});

test("used lots end nothing", () => {
  expect(lotMonths([lot(0, "2026-01-31")])).toEqual([]);
  expect(lotMonths([])).toEqual([]);
});
