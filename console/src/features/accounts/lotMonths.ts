import type { Lot } from "../../api/contract";

export interface LotMonth {
  /** "2026-03"; "later" beyond the last month shown; "never" where nothing ends. */
  month: string;
  amount: number;
}

const most = 18;

/** How much of the lots in hand ends in which month; every month from the first to the last, also the empty ones. */
export function lotMonths(lots: readonly Pick<Lot, "remaining" | "expires_on">[]): LotMonth[] {
  const sums = new Map<string, number>();
  for (const lot of lots) {
    if (lot.remaining === 0) continue;
    const month = lot.expires_on?.slice(0, 7) ?? "never";
    sums.set(month, (sums.get(month) ?? 0) + lot.remaining);
  }
  const ending = [...sums.keys()].filter((month) => month !== "never").sort();
  const first = ending[0];
  const last = ending.at(-1);
  const found: LotMonth[] = [];
  if (first && last) {
    for (let month = first; month <= last && found.length < most; month = following(month)) {
      found.push({ month, amount: sums.get(month) ?? 0 });
    }
    const shown = found.at(-1)?.month ?? first;
    const later = ending
      .filter((month) => month > shown)
      .reduce((sum, month) => sum + (sums.get(month) ?? 0), 0);
    if (later > 0) found.push({ month: "later", amount: later });
  }
  const never = sums.get("never");
  if (never) found.push({ month: "never", amount: never });
  return found;
}

function following(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}
