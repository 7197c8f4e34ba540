import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Dashboard } from "../../../api/contract";
import { usePreferences } from "../../../app/Preferences";
import { palettes } from "../../../app/tokens";
import { barLook, legend, monthGrid, tooltipRows } from "../../../kit/barChart";
import { Chart } from "../../../kit/Chart";
import { useFormat } from "../../../kit/useFormat";
import { useGo } from "../../../kit/useGo";
import { useMonthAxis } from "./useMonthAxis";

export function SalesChart({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation();
  const { wholeMoney, shortMoney } = useFormat();
  const { mode } = usePreferences();
  const go = useGo();
  const axis = useMonthAxis(dashboard);
  const { months, currency } = dashboard;
  const option = useMemo(
    () => ({
      grid: monthGrid,
      legend,
      tooltip: { trigger: "axis", formatter: tooltipRows((value) => wholeMoney(value, currency)) },
      xAxis: axis,
      yAxis: { type: "value", axisLabel: { formatter: (value: number) => shortMoney(value, currency) } },
      series: [
        {
          ...barLook,
          name: t("home.chart.member"),
          type: "bar",
          stack: "sales",
          color: palettes[mode].series[0],
          data: months.map((month) => month.member_sales_minor),
        },
        {
          ...barLook,
          name: t("home.chart.guest"),
          type: "bar",
          stack: "sales",
          color: palettes[mode].series[4],
          itemStyle: { borderRadius: [3, 3, 0, 0] },
          data: months.map((month) => month.sales_minor - month.member_sales_minor),
        },
      ],
    }),
    [months, currency, axis, mode, t, wholeMoney, shortMoney],
  );
  const open = (index: number) => {
    const month = months[index]?.month;
    if (month) go(`/sales/orders?from=${month}-01&to=${lastDay(month)}`);
  };
  return <Chart option={option} description={t("home.chart.sales")} height="fill" onPick={open} />;
}

function lastDay(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return `${month}-${new Date(Date.UTC(year, number, 0)).getUTCDate()}`;
}
