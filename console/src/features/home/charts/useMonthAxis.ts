import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Dashboard } from "../../../api/contract";
import { useSystem } from "../../../api/system";
import { usePreferences } from "../../../app/Preferences";
import { palettes, type } from "../../../app/tokens";
import { useFormat } from "../../../kit/useFormat";

/** Months along the bottom; the unfinished one carries the accent, because it will still grow. */
export function useMonthAxis(dashboard: Dashboard) {
  const { t } = useTranslation();
  const { month, language } = useFormat();
  const { mode } = usePreferences();
  const { data: system } = useSystem();
  const thisMonth = system?.today.slice(0, 7);
  return useMemo(() => {
    const palette = palettes[mode];
    const keys = dashboard.months.map((one) => one.month);
    const short = (key: string, index: number) => {
      const [year, number] = key.split("-");
      const isFirst = index === 0 || number === "01";
      if (language === "zh-CN") return isFirst ? `${Number(number)}月\n${year}` : `${Number(number)}月`;
      const name = month(key).slice(0, 3);
      return isFirst ? `${name}\n${year}` : name;
    };
    return {
      type: "category",
      data: keys.map((key) => (key === thisMonth ? `${month(key)} · ${t("home.chart.now")}` : month(key))),
      axisLabel: {
        interval: keys.length > 14 ? "auto" : 0,
        hideOverlap: true,
        fontSize: type.small,
        lineHeight: 16,
        formatter: (_label: string, index: number) => {
          const key = keys[index] ?? "";
          return key === thisMonth ? `{now|${short(key, index)}}` : short(key, index);
        },
        rich: { now: { color: palette.accentText, fontSize: type.small } },
      },
    };
  }, [dashboard.months, language, mode, month, t, thisMonth]);
}
