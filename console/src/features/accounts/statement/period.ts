import dayjs from "dayjs";
import type { PeriodState } from "../../../kit/PeriodPicker";

export const presets = ["month", "lastMonth", "year"] as const;
type Preset = (typeof presets)[number];

const form = "YYYY-MM-DD";

/** The days that are meant: from the first of a month or year to its last day, or to today. */
export function statementPeriod(state: PeriodState, today: string): { from: string; to: string } {
  if (state.from && state.to) return { from: state.from, to: state.to };
  const now = dayjs(today);
  switch (state.period as Preset) {
    case "lastMonth": {
      const last = now.subtract(1, "month");
      return { from: last.startOf("month").format(form), to: last.endOf("month").format(form) };
    }
    case "year":
      return { from: now.startOf("year").format(form), to: today };
    default:
      return { from: now.startOf("month").format(form), to: today };
  }
}
