import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { CouponReport } from "../../../api/contract";
import { usePreferences } from "../../../app/Preferences";
import { palettes } from "../../../app/tokens";
import { legend, monthGrid, tooltipRows } from "../../../kit/barChart";
import { Chart } from "../../../kit/Chart";
import { useFormat } from "../../../kit/useFormat";

const lines = ["issued", "redeemed", "expired"] as const;
const colours = { issued: 0, redeemed: 2, expired: 7 } as const;
const dense = 62;

/** A line for what was issued, redeemed and expired on each day. */
export function DayChart({ report }: { report: CouponReport }) {
  const { t } = useTranslation();
  const { count, shortCount, day, monthDay } = useFormat();
  const { mode } = usePreferences();
  const { items } = report;
  const option = useMemo(() => {
    const palette = palettes[mode];
    const days = items.map((one) => one.key ?? "");
    return {
      grid: monthGrid,
      legend,
      tooltip: { trigger: "axis", formatter: tooltipRows(count) },
      xAxis: {
        type: "category",
        boundaryGap: false,
        data: days.map((one) => day(one)),
        axisLabel: {
          hideOverlap: true,
          formatter: (_label: string, index: number) => monthDay((days[index] ?? "").slice(5)),
        },
      },
      yAxis: { type: "value", minInterval: 1, axisLabel: { formatter: shortCount } },
      series: lines.map((name) => ({
        name: t(`couponReports.figure.${name}`),
        type: "line",
        showSymbol: items.length <= dense,
        symbolSize: 5,
        lineStyle: { width: 2 },
        color: palette.series[colours[name]],
        data: items.map((one) => one.figures[name]),
      })),
    };
  }, [items, mode, t, count, shortCount, day, monthDay]);
  return <Chart option={option} description={t("couponReports.chart.days")} height={280} />;
}
