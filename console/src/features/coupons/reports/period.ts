import dayjs from "dayjs";

export const presets = ["month", "quarter", "thisYear", "year"] as const;
type Preset = (typeof presets)[number];

const form = "YYYY-MM-DD";

/** The days that were chosen, or that a preset means, counted back from the shop's today. */
export function daysOf(
  state: { period: string; from: string; to: string },
  today: string,
): { from: string; to: string } {
  if (state.from && state.to) return { from: state.from, to: state.to };
  const end = dayjs(today);
  const first: Record<Preset, dayjs.Dayjs> = {
    month: end.subtract(29, "day"),
    quarter: end.subtract(89, "day"),
    thisYear: end.startOf("year"),
    year: end.subtract(1, "year").add(1, "day"),
  };
  const preset = presets.find((one) => one === state.period) ?? "quarter";
  return { from: first[preset].format(form), to: today };
}
