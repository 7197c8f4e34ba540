import dayjs, { type Dayjs } from "dayjs";
import type { Benefit, BenefitKind, BenefitWish, What } from "../../api/benefits";
import { minorDigits } from "../../kit/format";
import { datedKinds, isGift, runningKinds } from "./kinds";

type GiftKind = "goods" | "points" | "coupon";
type Calendar = "solar" | "lunar";
type Remains = "keep" | "revoke";

/** The form's fields, whatever the kind: those of other kinds are not sent. Amounts as people write them. */
export interface Values {
  code: string;
  kind: BenefitKind;
  name_zh: string;
  name_en: string;
  description_zh: string;
  description_en: string;
  levels: string[];
  period: [Dayjs | null, Dayjs | null] | null;
  is_active: boolean;
  // Running benefits
  off: "percent" | "amount";
  percent_off: number;
  amount_off?: number | null;
  least_order?: number | null;
  most_off?: number | null;
  products: string[];
  categories: string[];
  hours_ahead: number;
  places: ("counter" | "phone" | "online")[];
  is_on_birthday: boolean;
  // Gifts
  gift: GiftKind;
  gift_zh: string;
  gift_en: string;
  coupon: string;
  currency: string;
  amount: number;
  units: number;
  valid_days?: number | null;
  on_level_lost: Remains;
  on_refund: Remains;
  again_after_months: number;
  least_years: number;
  on: string;
  // Days
  calendar: Calendar;
  leap_day: "february_28" | "march_1";
  window: "days" | "month";
  days_before: number;
  days_after: number;
}

export const startValues: Values = {
  code: "",
  kind: "discount",
  name_zh: "",
  name_en: "",
  description_zh: "",
  description_en: "",
  levels: [],
  period: null,
  is_active: true,
  off: "percent",
  percent_off: 10,
  products: [],
  categories: [],
  hours_ahead: 24,
  places: ["counter"],
  is_on_birthday: false,
  gift: "goods",
  gift_zh: "",
  gift_en: "",
  coupon: "",
  currency: "points",
  amount: 100,
  units: 1,
  on_level_lost: "keep",
  on_refund: "keep",
  again_after_months: 12,
  least_years: 1,
  on: "",
  calendar: "solar",
  leap_day: "february_28",
  window: "days",
  days_before: 0,
  days_after: 0,
};

/** What the server is asked for. */
export function wishOf(values: Values, money: string): BenefitWish {
  const [from, until] = values.period ?? [null, null];
  return {
    name: { zh: values.name_zh, en: values.name_en },
    description: { zh: values.description_zh, en: values.description_en },
    levels: values.levels,
    what: whatOf(values, money),
    active_from: from?.format("YYYY-MM-DD") ?? null,
    active_until: until?.format("YYYY-MM-DD") ?? null,
    state: values.is_active ? "active" : "paused",
  };
}

/** The form of a benefit that is there. */
export function valuesOf(benefit: Benefit, money: string): Values {
  const what = benefit.what as Record<string, unknown>;
  const gift = (what.gift ?? {}) as Record<string, unknown>;
  const shown = (minor: unknown) => (typeof minor === "number" ? minor / 10 ** minorDigits(money) : null);
  const known = Object.fromEntries(
    Object.entries(what).filter(([name, value]) => name in startValues && name !== "gift" && value !== null),
  );
  return {
    ...startValues,
    ...known,
    code: benefit.code,
    name_zh: benefit.name.zh,
    name_en: benefit.name.en,
    description_zh: benefit.description.zh,
    description_en: benefit.description.en,
    levels: benefit.levels,
    period:
      benefit.active_from || benefit.active_until
        ? [dayOf(benefit.active_from), dayOf(benefit.active_until)]
        : null,
    is_active: benefit.state === "active",
    off: typeof what.amount_minor === "number" ? "amount" : "percent",
    amount_off: shown(what.amount_minor),
    least_order: shown(what.least_order_minor) || null,
    most_off: shown(what.most_minor),
    is_on_birthday: what.only_on === "birthday",
    gift: gift.kind === "points" || gift.kind === "coupon" ? gift.kind : "goods",
    coupon: String(gift.template ?? ""),
    gift_zh: String(gift.text_zh ?? ""),
    gift_en: String(gift.text_en ?? ""),
    currency: String(gift.currency ?? startValues.currency),
    amount: Number(gift.amount ?? startValues.amount),
    valid_days: (what.valid_days as number | null) ?? null,
    window: what.whole_month ? "month" : "days",
  };
}

function dayOf(day: string | null): Dayjs | null {
  return day ? dayjs(day) : null;
}

function whatOf(values: Values, money: string): What {
  const { kind } = values;
  const minor = (amount?: number | null) => (amount ? Math.round(amount * 10 ** minorDigits(money)) : null);
  const window =
    values.window === "month"
      ? { whole_month: true, days_before: 0, days_after: 0 }
      : { whole_month: false, days_before: values.days_before, days_after: values.days_after };
  const days = { calendar: values.calendar, leap_day: values.leap_day, ...window };
  if (isGift(kind)) {
    const common = { gift: giftOf(values), units: values.gift === "goods" ? values.units : 1 };
    const gift = { ...common, valid_days: values.valid_days ?? null, on_level_lost: values.on_level_lost };
    if (kind === "birthday_gift") return { kind, ...gift, ...days } as What;
    if (kind === "date_gift")
      return { kind, ...gift, ...window, on: values.on, calendar: values.calendar } as What;
    if (kind === "anniversary_gift")
      return { kind, ...gift, ...window, leap_day: values.leap_day, least_years: values.least_years } as What;
    if (kind === "upgrade_gift")
      return {
        kind,
        ...gift,
        again_after_months: values.again_after_months,
        on_refund: values.on_refund,
      } as What;
    return { kind, ...gift } as What;
  }
  const when = values.is_on_birthday ? { only_on: "birthday", ...days } : {};
  const scope = { products: values.products, categories: values.categories };
  const least = { least_order_minor: minor(values.least_order) ?? 0 };
  if (kind === "discount") {
    const off =
      values.off === "percent"
        ? { percent_off: values.percent_off, amount_minor: null, most_minor: minor(values.most_off) }
        : { percent_off: null, amount_minor: minor(values.amount_off), most_minor: null };
    return { kind, ...off, ...least, ...scope, ...when } as What;
  }
  if (kind === "free_shipping") return { kind, ...least, ...when } as What;
  if (kind === "priority_service") return { kind, places: values.places, ...when } as What;
  if (kind === "early_access") return { kind, hours_ahead: values.hours_ahead, ...when } as What;
  return { kind, ...scope, ...when } as What;
}

function giftOf(values: Values) {
  if (values.gift === "coupon") return { kind: "coupon" as const, template: values.coupon };
  return values.gift === "points"
    ? { kind: "points" as const, currency: values.currency, amount: values.amount }
    : { kind: "goods" as const, text_zh: values.gift_zh, text_en: values.gift_en };
}

/** Whether a kind is about a day that two calendars know. */
export function hasCalendar(kind: BenefitKind, isOnBirthday: boolean): boolean {
  return kind === "birthday_gift" || kind === "date_gift" || (runningKinds.includes(kind) && isOnBirthday);
}

/** Whether a kind has a window around a day. */
export function hasWindow(kind: BenefitKind, isOnBirthday: boolean): boolean {
  return datedKinds.includes(kind) || (runningKinds.includes(kind) && isOnBirthday);
}
