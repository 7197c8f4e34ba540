import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../../../app/Preferences";
import { palettes } from "../../../app/tokens";
import { legend, monthGrid, tooltipRows } from "../../../kit/barChart";
import { Chart } from "../../../kit/Chart";
import { useFormat } from "../../../kit/useFormat";
import { useGo } from "../../../kit/useGo";
import type { WidgetProps } from "../widgets";

/** Sales day by day, and behind them the days of the period that it is compared with. */
export function DaysChart({ dashboard }: WidgetProps) {
  const { t } = useTranslation();
  const { wholeMoney, shortMoney, day, monthDay } = useFormat();
  const { mode } = usePreferences();
  const go = useGo();
  const { days, previous_days, previous, currency } = dashboard;
  const option = useMemo(() => {
    const series = palettes[mode].series;
    const line = { type: "line", showSymbol: false };
    const before = {
      ...line,
      name: previous ? `${day(previous.from)} – ${day(previous.to)}` : "",
      color: palettes[mode].textFaint,
      lineStyle: { width: 1, type: "dashed" },
      data: previous_days.map((one) => one.sales_minor),
    };
    const now = {
      ...line,
      name: t("home.figure.sales_minor"),
      color: series[0],
      lineStyle: { width: 2 },
      data: days.map((one) => one.sales_minor),
    };
    return {
      grid: monthGrid,
      legend,
      tooltip: { trigger: "axis", formatter: tooltipRows((value) => wholeMoney(value, currency)) },
      xAxis: {
        type: "category",
        data: days.map((one) => day(one.day)),
        axisLabel: {
          hideOverlap: true,
          formatter: (_: string, index: number) => monthDay((days[index]?.day ?? "").slice(5)),
        },
      },
      yAxis: { type: "value", axisLabel: { formatter: (value: number) => shortMoney(value, currency) } },
      series: previous_days.length > 0 ? [before, now] : [now],
    };
  }, [days, previous_days, previous, currency, mode, t, wholeMoney, shortMoney, day, monthDay]);
  const open = (index: number) => {
    const one = days[index]?.day;
    if (one) go(`/sales/orders?from=${one}&to=${one}`);
  };
  return <Chart option={option} description={t("home.chart.days")} height="fill" onPick={open} />;
}
