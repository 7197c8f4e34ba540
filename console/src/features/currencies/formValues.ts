import dayjs, { type Dayjs } from "dayjs";
import type { Currency, NewCurrency, Policies } from "../../api/contract";
import { microOf, moneyOf } from "./cost";
import type { Told } from "./tell";

/** The rules as the form holds them: flat policies, money in whole units, days as the picker knows them. */
export interface Values extends Pick<Policies, "name_zh" | "name_en" | "expiry" | "negative" | "restore"> {
  code: string;
  kind: NewCurrency["kind"];
  pending: Omit<Currency["pending"], "until"> & { until: Dayjs | null };
  cap_amount: number | null;
  cap_mode: "truncate" | "reject";
  rounding: NonNullable<Policies["rounding"]>;
  cost: number;
  approval_above: number | null;
}

const lasting: Currency["expiry"] = {
  kind: "none",
  years: 0,
  months: 0,
  days: 0,
  round_to: "day",
  dates: [],
  resets: [],
};

export const startValues: Values = {
  code: "",
  kind: "points",
  name_zh: "",
  name_en: "",
  expiry: { ...lasting, kind: "after", years: 1, round_to: "month" },
  pending: { kind: "none", days: 0, until: null, event: null },
  negative: { kind: "refuse", limit: 0 },
  restore: { kind: "original", days: 0 },
  cap_amount: null,
  cap_mode: "truncate",
  rounding: "down",
  cost: 0,
  approval_above: null,
};

export function valuesOf(currency: Currency, money: string): Values {
  return {
    code: currency.code,
    kind: currency.kind,
    name_zh: currency.name.zh,
    name_en: currency.name.en,
    expiry: currency.expiry,
    pending: { ...currency.pending, until: currency.pending.until ? dayjs(currency.pending.until) : null },
    negative: currency.negative,
    restore: currency.restore,
    cap_amount: currency.cap?.amount ?? null,
    cap_mode: currency.cap?.mode ?? "truncate",
    rounding: currency.rounding as Values["rounding"],
    cost: moneyOf(currency.unit_cost_micro, money),
    approval_above: currency.approval_above,
  };
}

/** What a form says of rules, without what belongs to choices that were not taken. */
export function policiesOf(values: Values, money: string): Policies & Told {
  const { expiry, pending, negative, restore } = values;
  const lasts = expiry.kind === "after" || expiry.kind === "inactivity";
  return {
    name_zh: (values.name_zh ?? "").trim(),
    name_en: (values.name_en ?? "").trim(),
    expiry: {
      kind: expiry.kind,
      years: lasts ? (expiry.years ?? 0) : 0,
      months: lasts ? (expiry.months ?? 0) : 0,
      days: lasts ? (expiry.days ?? 0) : 0,
      round_to: lasts ? (expiry.round_to ?? "day") : "day",
      dates: expiry.kind === "on_dates" ? (expiry.dates ?? []) : [],
      resets: expiry.kind === "inactivity" ? (expiry.resets ?? []) : [],
    },
    pending: {
      kind: pending.kind,
      days: pending.kind === "days" ? (pending.days ?? 0) : 0,
      until: pending.kind === "until" && pending.until ? pending.until.format("YYYY-MM-DD") : null,
      event: pending.kind === "event" ? pending.event?.trim() || null : null,
    },
    negative: {
      kind: negative?.kind ?? "refuse",
      limit: negative?.kind === "debt" ? (negative.limit ?? 0) : 0,
    },
    restore: { kind: restore?.kind ?? "original", days: restore?.kind === "grace" ? (restore.days ?? 0) : 0 },
    cap: values.cap_amount ? { amount: values.cap_amount, mode: values.cap_mode } : null,
    rounding: values.rounding,
    unit_cost_micro: microOf(values.cost ?? 0, money),
    approval_above: values.approval_above ?? null,
  };
}
