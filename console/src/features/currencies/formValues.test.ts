import { expect, test } from "vitest";
import type { Currency } from "../../api/contract";
import { policiesOf, startValues, valuesOf } from "./formValues";

const currency: Currency = {
  code: "points",
  kind: "points",
  name: { zh: "积分", en: "Points" },
  expiry: { kind: "after", years: 0, months: 6, days: 0, round_to: "month", dates: [], resets: [] },
  pending: { kind: "until", days: 0, until: "2026-12-01", event: null },
  negative: { kind: "debt", limit: 500 },
  restore: { kind: "grace", days: 30 },
  cap: { amount: 9000, mode: "reject" },
  rounding: "half_up",
  unit_cost_micro: 1_234_567,
  approval_above: 0,
  version: 3,
};

test("a form that nobody touched changes nothing", () => {
  const { code: _code, kind: _kind, version: _version, name, ...policies } = currency;

  expect(policiesOf(valuesOf(currency, "GBP"), "GBP")).toEqual({
    ...policies,
    name_zh: name.zh,
    name_en: name.en,
  });
});

test("what belongs to a choice that was not taken is left out", () => {
  const values = valuesOf(currency, "GBP");

  const changed = policiesOf(
    {
      ...values,
      expiry: { ...values.expiry, kind: "none" },
      pending: { ...values.pending, kind: "none" },
      negative: { kind: "refuse", limit: 500 },
      restore: { kind: "original", days: 30 },
      cap_amount: null,
    },
    "GBP",
  );

  expect(changed.expiry).toEqual({
    kind: "none",
    years: 0,
    months: 0,
    days: 0,
    round_to: "day",
    dates: [],
    resets: [],
  });
  expect(changed.pending).toEqual({ kind: "none", days: 0, until: null, event: null });
  expect(changed.negative).toEqual({ kind: "refuse", limit: 0 });
  expect(changed.restore).toEqual({ kind: "original", days: 0 });
  expect(changed.cap).toBeNull();
});

test("a new account begins with a year, rounded to the end of the month", () => {
  expect(policiesOf(startValues, "CNY").expiry).toMatchObject({ kind: "after", years: 1, round_to: "month" });
});
