import type { LocalName } from "../api/contract";
import type { Language } from "../i18n/i18n";

/** Pure formatters: every number, amount, day and time that people read goes through here. */

const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language === "en" ? "en-GB" : language, options);
    numberFormats.set(key, format);
  }
  return format;
}

export function minorDigits(currency: string): number {
  return numberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** ¥1,234.50 */
export function money(minor: number, currency: string, language: Language): string {
  const digits = minorDigits(currency);
  return tidyMinus(
    numberFormat(language, { style: "currency", currency, currencyDisplay: "narrowSymbol" }).format(
      minor / 10 ** digits,
    ),
  );
}

/** Whole units, for figures where pennies are noise. */
export function wholeMoney(minor: number, currency: string, language: Language): string {
  const options = {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    maximumFractionDigits: 0,
  } as const;
  return tidyMinus(numberFormat(language, options).format(minor / 10 ** minorDigits(currency)));
}

/** ¥74.8万, £748K: for axes and tight places. */
export function shortMoney(minor: number, currency: string, language: Language): string {
  const options = {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    notation: "compact",
    // Four digits stay whole in Chinese, and are grouped as everywhere else.
    useGrouping: true,
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  } as const;
  return tidyMinus(numberFormat(language, options).format(minor / 10 ** minorDigits(currency)));
}

export function count(value: number, language: Language): string {
  return tidyMinus(numberFormat(language, {}).format(value));
}

export function shortCount(value: number, language: Language): string {
  return tidyMinus(
    numberFormat(language, { notation: "compact", useGrouping: true, maximumFractionDigits: 1 }).format(
      value,
    ),
  );
}

export function signedCount(value: number, language: Language): string {
  return value > 0 ? `+${count(value, language)}` : count(value, language);
}

/** Shares come per ten thousand: 3841 is 38.41 %. */
export function share(perTenThousand: number, language: Language, digits = 2): string {
  return numberFormat(language, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(perTenThousand / 10_000);
}

/** By how much a figure grew against the period before; `null` when there is nothing to compare with. */
export function growth(value: number | null, previous: number | null): number | null {
  if (value === null || previous === null || previous === 0) return null;
  return (value - previous) / Math.abs(previous);
}

export function ratio(value: number, language: Language): string {
  return numberFormat(language, {
    style: "percent",
    maximumFractionDigits: Math.abs(value) < 0.1 ? 1 : 0,
  }).format(value);
}

/** The difference of two shares, in percentage points. */
export function percentagePoints(perTenThousand: number, language: Language): string {
  return numberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    perTenThousand / 100,
  );
}

/** A quantity such as "6" or "2.500" without padding zeros. */
export function quantity(value: string | number, language: Language): string {
  return tidyMinus(numberFormat(language, { maximumFractionDigits: 3 }).format(Number(value)));
}

/** A unit price may be finer than the currency: 2.5535 stays 2.5535. */
export function unitPrice(value: string, currency: string, language: Language, digits = 4): string {
  const options = {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    maximumFractionDigits: digits,
  } as const;
  return tidyMinus(numberFormat(language, options).format(Number(value)));
}

export function bytes(value: number, language: Language): string {
  const units = ["B", "KB", "MB", "GB"];
  let size = value;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${numberFormat(language, { maximumFractionDigits: size < 10 ? 1 : 0 }).format(size)} ${units[unit]}`;
}

const weekdays = {
  "zh-CN": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
};
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** 2026-11-22, 22 Nov 2026 */
export function day(value: string, language: Language): string {
  if (language === "zh-CN") return value;
  const [year, month, date] = value.split("-");
  return `${Number(date)} ${months[Number(month) - 1]} ${year}`;
}

/** 2026-11-22 周日, Sun 22 Nov 2026 */
export function dayWithWeekday(value: string, language: Language): string {
  const weekday = weekdays[language][new Date(`${value}T00:00:00Z`).getUTCDay()];
  return language === "zh-CN" ? `${value} ${weekday}` : `${weekday} ${day(value, language)}`;
}

/** 2011年3月, Mar 2011 */
export function month(value: string, language: Language): string {
  const [year, number] = value.split("-");
  return language === "zh-CN" ? `${year}年${Number(number)}月` : `${months[Number(number) - 1]} ${year}`;
}

/** What people call a currency, with its code. */
export function currencyName(code: string, language: Language): string {
  const name = new Intl.DisplayNames(language, { type: "currency" }).of(code) ?? code;
  return language === "zh-CN" ? `${name}（${code}）` : `${name} (${code})`;
}

/** 05-14 → 5月14日, 14 May */
export function monthDay(value: string, language: Language): string {
  const [number, date] = value.split("-");
  return language === "zh-CN"
    ? `${Number(number)}月${Number(date)}日`
    : `${Number(date)} ${months[Number(number) - 1]}`;
}

/** The day and the clock time of an instant where the shop is. */
export function inZone(at: string, zone: string): { day: string; time: string } {
  const parts = zoneFormat(zone).formatToParts(new Date(at));
  const part = (kind: string) => parts.find((one) => one.type === kind)?.value ?? "";
  return {
    day: `${part("year")}-${part("month")}-${part("day")}`,
    time: `${part("hour")}:${part("minute")}`,
  };
}

const zoneFormats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(zone: string): Intl.DateTimeFormat {
  let format = zoneFormats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    zoneFormats.set(zone, format);
  }
  return format;
}

/** 2026-11-22 周日 14:05, Sun 22 Nov 2026, 14:05 */
export function moment(at: string, zone: string, language: Language): string {
  const local = inZone(at, zone);
  const separator = language === "zh-CN" ? " " : ", ";
  return dayWithWeekday(local.day, language) + separator + local.time;
}

export type Age = { unit: "now" } | { unit: "minutes" | "hours"; count: number };

/** How long ago, but only within the same day; older things are told by their date. */
export function ageWithinDay(at: string, now: string, zone: string): Age | null {
  const seconds = (Date.parse(now) - Date.parse(at)) / 1000;
  if (seconds < 0 || inZone(at, zone).day !== inZone(now, zone).day) return null;
  if (seconds < 60) return { unit: "now" };
  if (seconds < 3600) return { unit: "minutes", count: Math.floor(seconds / 60) };
  return { unit: "hours", count: Math.floor(seconds / 3600) };
}

export function localName(name: LocalName, language: Language): string {
  return language === "zh-CN" ? name.zh || name.en : name.en || name.zh;
}

/** One kind of minus everywhere, as wide as a plus, so that columns of figures line up. */
function tidyMinus(text: string): string {
  return text.replace("-", "−");
}
