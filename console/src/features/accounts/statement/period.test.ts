import { expect, test } from "vitest";
import { statementPeriod } from "./period";

const state = (period: string) => ({ period, from: "", to: "" });

test("a statement covers this month, last month or this year of the shop", () => {
  expect(statementPeriod(state("month"), "2026-03-31")).toEqual({ from: "2026-03-01", to: "2026-03-31" });
  expect(statementPeriod(state("lastMonth"), "2026-03-31")).toEqual({ from: "2026-02-01", to: "2026-02-28" });
  expect(statementPeriod(state("lastMonth"), "2026-01-05")).toEqual({ from: "2025-12-01", to: "2025-12-31" });
  expect(statementPeriod(state("year"), "2026-03-31")).toEqual({ from: "2026-01-01", to: "2026-03-31" });
});

test("chosen days count before a named period, and nonsense in the address means this month", () => {
  expect(statementPeriod({ period: "year", from: "2020-01-01", to: "2020-02-02" }, "2026-03-31")).toEqual({
    from: "2020-01-01",
    to: "2020-02-02",
  });
  expect(statementPeriod(state("nonsense"), "2026-03-31").from).toBe("2026-03-01");
});
