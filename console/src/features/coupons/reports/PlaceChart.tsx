import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { CouponReport } from "../../../api/contract";
import { usePreferences } from "../../../app/Preferences";
import { palettes, type } from "../../../app/tokens";
import { barLook, legend, monthGrid, tooltipRows } from "../../../kit/barChart";
import { Chart } from "../../../kit/Chart";
import { useFormat } from "../../../kit/useFormat";
import { useNarrow } from "../../../kit/useNarrow";
import { usePlaceName } from "./figures";

const most = 10;

/** Templates, stores or channels with the most redemptions. */
export function PlaceChart({ report }: { report: CouponReport }) {
  const { t } = useTranslation();
  const { count, shortCount } = useFormat();
  const { mode } = usePreferences();
  const isNarrow = useNarrow();
  const placeName = usePlaceName();
  const { items, by } = report;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language that t stands for
  const option = useMemo(() => {
    const palette = palettes[mode];
    const shown = items.filter((one) => one.figures.redeemed || one.figures.returned).slice(0, most);
    const names = {
      type: "category",
      data: shown.map((one) => placeName(by, one)),
      axisLabel: { interval: 0, width: 92, overflow: "truncate", fontSize: type.small, lineHeight: 18 },
    };
    const amounts = {
      type: "value",
      splitNumber: 3,
      minInterval: 1,
      axisLabel: { formatter: shortCount, hideOverlap: true },
    };
    const bars = (name: "redeemed" | "returned", color: string) => ({
      ...barLook,
      name: t(`couponReports.figure.${name}`),
      type: "bar",
      color,
      data: shown.map((one) => one.figures[name]),
    });
    return {
      grid: monthGrid,
      legend,
      tooltip: { trigger: "axis", formatter: tooltipRows(count) },
      // On a phone the names stand in rows, where there is room for them.
      xAxis: isNarrow ? amounts : names,
      yAxis: isNarrow ? { ...names, inverse: true } : amounts,
      series: [bars("redeemed", palette.series[2]), bars("returned", palette.series[1])],
    };
  }, [items, by, mode, isNarrow, t]);
  return (
    <Chart option={option} height={isNarrow ? 360 : 260} description={t("couponReports.chart.places")} />
  );
}
