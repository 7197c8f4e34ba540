import { fontFamily, type Palette, type } from "../app/tokens";

export function chartTheme(palette: Palette): object {
  const axis = {
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: palette.textSecondary, fontSize: type.small },
    splitLine: { lineStyle: { color: palette.lineSoft } },
  };
  return {
    color: palette.series,
    textStyle: { fontFamily, color: palette.text },
    categoryAxis: {
      ...axis,
      axisLine: { show: true, lineStyle: { color: palette.line } },
      splitLine: { show: false },
    },
    valueAxis: axis,
    legend: {
      textStyle: { color: palette.textSecondary, fontSize: type.small },
      itemWidth: 10,
      itemHeight: 10,
      itemGap: 16,
      icon: "roundRect",
    },
    tooltip: {
      backgroundColor: palette.raised,
      borderColor: palette.line,
      borderWidth: 1,
      padding: [8, 12],
      textStyle: { color: palette.text, fontSize: type.body, fontFamily },
      extraCssText: "box-shadow:0 4px 12px rgba(0,0,0,.08);font-variant-numeric:tabular-nums",
      axisPointer: { type: "shadow", shadowStyle: { color: palette.lineSoft, opacity: 0.5 } },
    },
  };
}
