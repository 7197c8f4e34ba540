import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Dashboard } from "../../../api/contract";
import { usePreferences } from "../../../app/Preferences";
import { palettes } from "../../../app/tokens";
import { barLook, legend, monthGrid, tooltipRows } from "../../../kit/barChart";
import { Chart } from "../../../kit/Chart";
import { useFormat } from "../../../kit/useFormat";
import { useMonthAxis } from "./useMonthAxis";

export function PointsChart({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation();
  const { points, shortCount } = useFormat();
  const { mode } = usePreferences();
  const axis = useMonthAxis(dashboard);
  const { months } = dashboard;
  const option = useMemo(() => {
    const series = palettes[mode].series;
    const down = (value: number) => (value === 0 ? 0 : -Math.abs(value));
    const bar = (name: string, color: string, data: number[]) => ({
      ...barLook,
      name,
      type: "bar",
      stack: "points",
      color,
      data,
    });
    return {
      grid: monthGrid,
      legend,
      tooltip: { trigger: "axis", formatter: tooltipRows((value) => points(value)) },
      xAxis: { ...axis, axisLine: { onZero: false } },
      yAxis: { type: "value", axisLabel: { formatter: shortCount } },
      series: [
        bar(
          t("home.chart.issued"),
          series[2],
          months.map((month) => month.points_issued),
        ),
        bar(
          t("home.chart.used"),
          series[0],
          months.map((month) => down(month.points_used)),
        ),
        bar(
          t("home.chart.takenBack"),
          series[1],
          months.map((month) => down(month.points_taken_back)),
        ),
        bar(
          t("home.chart.expired"),
          series[7],
          months.map((month) => down(month.points_expired)),
        ),
      ],
    };
  }, [months, axis, mode, t, points, shortCount]);
  return <Chart option={option} description={t("home.chart.points")} height="fill" />;
}
