import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Ranking } from "../../api/contract";
import { usePreferences } from "../../app/Preferences";
import { palettes, type } from "../../app/tokens";
import { barLook, legend, monthGrid, tooltipRows } from "../../kit/barChart";
import { Chart } from "../../kit/Chart";
import { useNarrow } from "../../kit/useNarrow";
import { useFigure } from "./useFigure";

const most = 10;

/** The ten best, each beside what they did in the period before. */
export function RankingChart({ ranking }: { ranking: Ranking }) {
  const { t } = useTranslation();
  const { mode } = usePreferences();
  const isNarrow = useNarrow();
  const figure = useFigure(ranking.currency);
  const { sort, items } = ranking;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language that t stands for
  const option = useMemo(() => {
    const palette = palettes[mode];
    const shown = items.slice(0, most);
    const tell = (value: number) => figure(sort, value);
    const names = {
      type: "category",
      data: shown.map((one) => one.name),
      axisLabel: { interval: 0, width: 84, overflow: "truncate", fontSize: type.small, lineHeight: 18 },
    };
    const amounts = {
      type: "value",
      splitNumber: 3,
      axisLabel: { formatter: tell, hideOverlap: true },
    };
    const series = (name: string, color: string | undefined, data: (number | null)[]) => ({
      ...barLook,
      name,
      type: "bar",
      color,
      data,
    });
    return {
      grid: monthGrid,
      legend,
      tooltip: { trigger: "axis", formatter: tooltipRows(tell) },
      // On a phone the names stand in rows, where there is room for them.
      xAxis: isNarrow ? amounts : names,
      yAxis: isNarrow ? { ...names, inverse: true } : amounts,
      series: [
        series(
          t("rankings.now"),
          palette.series[0],
          shown.map((one) => one.now[sort]),
        ),
        series(
          t("rankings.previous"),
          palette.series[1],
          shown.map((one) => one.previous?.[sort] ?? null),
        ),
      ],
    };
  }, [items, sort, mode, isNarrow, t]);
  return (
    <Chart
      option={option}
      height={isNarrow ? 400 : 260}
      description={t("rankings.chart", { figure: t(`rankings.figure.${sort}`) })}
    />
  );
}
