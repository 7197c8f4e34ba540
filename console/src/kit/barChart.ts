interface Shown {
  seriesName?: string;
  value?: unknown;
  marker?: unknown;
  axisValueLabel?: string;
}

/** One row per series, figures right; the text comes from our own words, never from people, so plain markup is safe. */
export function tooltipRows(tell: (value: number) => string) {
  return (params: unknown): string => {
    const all = (Array.isArray(params) ? params : [params]) as Shown[];
    const rows = all
      .filter((one) => typeof one.value === "number")
      .map(
        (one) =>
          `<div style="display:flex;gap:24px;justify-content:space-between"><span>${one.marker ?? ""}${one.seriesName ?? ""}</span><b style="font-weight:600">${tell(one.value as number)}</b></div>`,
      );
    return `<div style="margin-bottom:4px">${all[0]?.axisValueLabel ?? ""}</div>${rows.join("")}`;
  };
}

export const monthGrid = {
  left: 0,
  right: 0,
  top: 36,
  // What hangs below the line of its letters.
  bottom: 4,
  outerBoundsMode: "same",
  outerBoundsContain: "axisLabel",
};
export const legend = { top: 0, left: 0 };
export const barLook = { barMaxWidth: 28 };
