import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Lot } from "../../api/contract";
import { useSystem } from "../../api/system";
import { usePreferences } from "../../app/Preferences";
import { palettes, type } from "../../app/tokens";
import { barLook, monthGrid, tooltipRows } from "../../kit/barChart";
import { Chart } from "../../kit/Chart";
import { useFormat } from "../../kit/useFormat";
import { lotMonths } from "./lotMonths";

/** What ends when. One bar alone is no picture. */
export function LotChart({ lots }: { lots: Lot[] }) {
  const { t } = useTranslation();
  const { count, month, language } = useFormat();
  const { mode } = usePreferences();
  const { data: system } = useSystem();
  const months = useMemo(() => lotMonths(lots), [lots]);
  const thisMonth = system?.today.slice(0, 7);
  const option = useMemo(() => {
    const palette = palettes[mode];
    const label = (key: string) => {
      if (key === "never") return t("accounts.lots.noEnd");
      if (key === "later") return t("accounts.lots.later");
      return month(key);
    };
    return {
      grid: { ...monthGrid, top: 8 },
      tooltip: { trigger: "axis", formatter: tooltipRows(count) },
      xAxis: {
        type: "category",
        data: months.map((one) => label(one.month)),
        axisLabel: { hideOverlap: true, fontSize: type.small, color: palette.textSecondary },
      },
      yAxis: { type: "value", minInterval: 1, splitNumber: 2, axisLabel: { formatter: count } },
      series: [
        {
          ...barLook,
          type: "bar",
          data: months.map((one) => ({
            value: one.amount,
            // The accent is for what ends now.
            itemStyle: {
              color: one.month === thisMonth ? palette.accent : palette.series[0],
              borderRadius: [3, 3, 0, 0],
            },
          })),
        },
      ],
    };
  }, [months, mode, t, count, month, thisMonth]);
  if (months.length < 2) return null;
  const told = months
    .filter((one) => one.amount > 0)
    .map((one) => `${one.month} ${count(one.amount)}`)
    .join(language === "en" ? ", " : "，");
  return <Chart option={option} height={132} description={`${t("accounts.lots.chart")}: ${told}`} />;
}
