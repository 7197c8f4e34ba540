import dayjs from "dayjs";
import type { Comparison, Period } from "../../api/dashboard";

export const presets = ["year", "quarter", "month", "thisYear"] as const;
export type Preset = (typeof presets)[number];

export const periodDefaults = { period: "year", from: "", to: "" };

const form = "YYYY-MM-DD";

/** The days a preset means, counted back from the shop's today. */
export function periodOf(state: typeof periodDefaults, today: string): Period {
  if (state.from && state.to) return { from: state.from, to: state.to };
  const end = dayjs(today);
  switch (state.period as Preset) {
    case "quarter":
      return { from: end.subtract(89, "day").format(form), to: today };
    case "month":
      return { from: end.subtract(29, "day").format(form), to: today };
    case "thisYear":
      return { from: end.startOf("year").format(form), to: today };
    default:
      // The server's own default is the last twelve months.
      return {};
  }
}

/** What the page can be set beside. */
export const comparisons = ["previous", "last_year", "none"] as const satisfies readonly Comparison[];

export function comparisonOf(kept: string): Comparison {
  return comparisons.find((one) => one === kept) ?? "previous";
}
