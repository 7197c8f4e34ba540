import type { LocalName, MemberOverview } from "../../../api/contract";
import { sectionData } from "../overview";

export interface NextThing {
  key: string;
  what:
    | "debt"
    | "followUpLate"
    | "followUp"
    | "requests"
    | "birthday"
    | "birthdayToday"
    | "expiring"
    | "coupons"
    | "tierEnds";
  tab: string;
  tone: "plain" | "warn" | "bad";
  count?: number;
  unit?: LocalName;
  on?: string;
}

const soonDays = 30;

/** What is worth saying to, or doing for, this member now: the most pressing first. `today` is the shop's day. */
export function nextThings(
  overview: MemberOverview,
  today: string,
  dayOf: (at: string) => string,
): NextThing[] {
  const things: NextThing[] = [];
  const notes = sectionData(overview, "notes");
  const accounts = sectionData(overview, "points")?.accounts ?? [];
  const coupons = sectionData(overview, "coupons");
  const requests = sectionData(overview, "requests");
  if (notes?.next_due_at) {
    const on = dayOf(notes.next_due_at);
    const isLate = on <= today;
    things.push({
      key: "follow-up",
      what: isLate ? "followUpLate" : "followUp",
      tab: "notes",
      tone: isLate ? "warn" : "plain",
      on,
    });
  }
  if (requests && requests.open > 0)
    things.push({
      key: "requests",
      what: "requests",
      tab: "consent",
      tone: requests.next_due_on && requests.next_due_on <= today ? "bad" : "warn",
      count: requests.open,
      on: requests.next_due_on ?? undefined,
    });
  for (const { currency, debt } of accounts)
    if (debt > 0)
      things.push({
        key: `debt-${currency.code}`,
        what: "debt",
        tab: "points",
        tone: "bad",
        count: debt,
        unit: currency.name,
      });
  const birthday = daysToBirthday(overview.member.birthday, today);
  if (birthday !== null && birthday <= soonDays)
    things.push({
      key: "birthday",
      what: birthday === 0 ? "birthdayToday" : "birthday",
      tab: "benefits",
      tone: "plain",
      count: birthday,
    });
  for (const { currency, expiring } of accounts) {
    const first = expiring[0];
    if (first && first.amount > 0 && daysBetween(today, first.on) <= soonDays)
      things.push({
        key: `expiring-${currency.code}`,
        what: "expiring",
        tab: "points",
        tone: "warn",
        count: first.amount,
        unit: currency.name,
        on: first.on,
      });
  }
  if (coupons && coupons.expiring_soon_count > 0)
    things.push({
      key: "coupons",
      what: "coupons",
      tab: "coupons",
      tone: "warn",
      count: coupons.expiring_soon_count,
      on: coupons.next_expires_on ?? undefined,
    });
  const tier = sectionData(overview, "tier");
  if (
    tier?.valid_until &&
    tier.keep &&
    !tier.keep.is_kept &&
    daysBetween(today, tier.valid_until) <= soonDays
  )
    things.push({ key: "tier", what: "tierEnds", tab: "tier", tone: "warn", on: tier.valid_until });
  return things;
}

/** Days until the next birthday; null where none is known. A birthday comes as `05-20`, its year kept back. */
export function daysToBirthday(birthday: string | null, today: string): number | null {
  const monthDay = birthday?.match(/(\d{2}-\d{2})$/)?.[1];
  if (!monthDay) return null;
  const year = Number(today.slice(0, 4));
  const days = [year, year + 1].map((one) => daysBetween(today, birthdayIn(one, monthDay)));
  return days.find((one) => one >= 0) ?? null;
}

/** Who was born on a leap day is wished well on the last day of February. */
function birthdayIn(year: number, monthDay: string): string {
  const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return monthDay === "02-29" && !isLeap ? `${year}-02-28` : `${year}-${monthDay}`;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
