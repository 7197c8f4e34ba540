import type { Currency } from "../../api/contract";

/** What the sentences need of a currency; `expiry` and its siblings may still be half filled in by a form. */
export type Told = Pick<
  Currency,
  "expiry" | "pending" | "negative" | "restore" | "cap" | "rounding" | "unit_cost_micro" | "approval_above"
>;

export interface Words {
  t: (key: string, values?: Record<string, string | number>) => string;
  count: (value: number) => string;
  day: (value: string) => string;
  monthDay: (value: string) => string;
  cost: (micro: number) => string;
  /** A kind of entry or an activity by its name. */
  activity: (code: string) => string;
  and: string;
}

const tell = "currencies.tell";

/** The rules as a manager would say them at the counter, one sentence each. */
export function tellPolicies(told: Told, words: Words): string[] {
  const { t, count } = words;
  const { pending, negative, restore, cap, approval_above: limit } = told;
  return [
    tellExpiry(told.expiry, words),
    t(`${tell}.pending.${pending.kind}`, {
      length: length(pending, words),
      day: pending.until ? words.day(pending.until) : "",
      event: pending.event ?? "",
    }),
    t(`${tell}.negative.${negative.kind}`, { limit: count(negative.limit) }),
    t(`${tell}.restore.${restore.kind}`, { length: length(restore, words) }),
    cap ? t(`${tell}.cap.${cap.mode}`, { amount: count(cap.amount) }) : t(`${tell}.cap.none`),
    t(`${tell}.rounding.${told.rounding}`),
    told.unit_cost_micro > 0
      ? t(`${tell}.cost.set`, { amount: words.cost(told.unit_cost_micro) })
      : t(`${tell}.cost.none`),
    limit === null
      ? t(`${tell}.approval.none`)
      : limit === 0
        ? t(`${tell}.approval.all`)
        : t(`${tell}.approval.above`, { amount: count(limit) }),
  ];
}

function tellExpiry(expiry: Told["expiry"], words: Words): string {
  const { t } = words;
  switch (expiry.kind) {
    case "none":
      return t(`${tell}.expiry.none`);
    case "after":
      return t(`${tell}.expiry.after.${expiry.round_to}`, { length: length(expiry, words) });
    case "on_dates":
      return t(`${tell}.expiry.on_dates`, { dates: expiry.dates.map(words.monthDay).join(words.and) });
    case "inactivity":
      return t(`${tell}.expiry.inactivity`, {
        length: length(expiry, words),
        activities: expiry.resets.map(words.activity).join(words.and),
      });
  }
}

type Length = Partial<Record<"years" | "months" | "days", number>>;

function length(of: Length, { t, count }: Words): string {
  return (["years", "months", "days"] as const)
    .map((unit) => ({ unit, value: of[unit] ?? 0 }))
    .filter(({ value }) => value > 0)
    .map(({ unit, value }) =>
      value === 1 ? t(`${tell}.one.${unit}`) : t(`${tell}.${unit}`, { value: count(value) }),
    )
    .join(" ");
}
