import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Dashboard } from "../../../api/contract";
import { usePreferences } from "../../../app/Preferences";
import { palettes } from "../../../app/tokens";
import { barLook, monthGrid, tooltipRows } from "../../../kit/barChart";
import { Chart } from "../../../kit/Chart";
import { useFormat } from "../../../kit/useFormat";
import { useMonthAxis } from "./useMonthAxis";

export function NewMembersChart({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const { mode } = usePreferences();
  const axis = useMonthAxis(dashboard);
  const { months } = dashboard;
  const option = useMemo(
    () => ({
      grid: { ...monthGrid, top: 12 },
      tooltip: {
        trigger: "axis",
        formatter: tooltipRows((value) => t("home.chart.people", { value: count(value) })),
      },
      xAxis: axis,
      yAxis: { type: "value", minInterval: 1, axisLabel: { formatter: count } },
      series: [
        {
          ...barLook,
          name: t("home.figure.new_members"),
          type: "bar",
          color: palettes[mode].series[3],
          itemStyle: { borderRadius: [3, 3, 0, 0] },
          data: months.map((month) => month.new_members),
        },
      ],
    }),
    [months, axis, mode, t, count],
  );
  return <Chart option={option} description={t("home.chart.newMembers")} height="fill" />;
}
