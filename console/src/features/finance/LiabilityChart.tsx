import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { LiabilityMonth } from "../../api/contract";
import { usePreferences } from "../../app/Preferences";
import { palettes, type } from "../../app/tokens";
import { barLook, legend, monthGrid, tooltipRows } from "../../kit/barChart";
import { Chart } from "../../kit/Chart";
import { useFormat } from "../../kit/useFormat";

interface Props {
  months: LiabilityMonth[];
  today: string;
}

const parts = ["available", "pending", "held"] as const;

/** When what members hold will end, by what can be done with it now. One bar alone is no picture. */
export function LiabilityChart({ months, today }: Props) {
  const { t } = useTranslation();
  const { count, shortCount, month, dayOf } = useFormat();
  const { mode } = usePreferences();
  const thisMonth = dayOf(today).slice(0, 7);
  const option = useMemo(() => {
    const palette = palettes[mode];
    const label = (one: LiabilityMonth) => {
      if (!one.month) return t("finance.liability.noEnd");
      return one.month === thisMonth
        ? `${month(one.month)} · ${t("finance.liability.now")}`
        : month(one.month);
    };
    const shown = parts.filter((part) => months.some((one) => one[part].units > 0));
    return {
      grid: { ...monthGrid, top: shown.length > 1 ? 36 : 12 },
      ...(shown.length > 1 && { legend }),
      tooltip: { trigger: "axis", formatter: tooltipRows(count) },
      xAxis: {
        type: "category",
        data: months.map(label),
        axisLabel: { hideOverlap: true, fontSize: type.small },
      },
      yAxis: { type: "value", minInterval: 1, splitNumber: 3, axisLabel: { formatter: shortCount } },
      series: shown.map((part, index) => ({
        ...barLook,
        name: t(`finance.liability.${part}`),
        type: "bar",
        stack: "all",
        color: palette.series[index],
        data: months.map((one) => one[part].units),
      })),
    };
  }, [months, mode, t, count, shortCount, month, thisMonth]);
  if (months.length < 2) return null;
  return <Chart option={option} height={220} description={t("finance.liability.byMonth")} />;
}
