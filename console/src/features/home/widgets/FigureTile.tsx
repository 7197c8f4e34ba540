import { useTranslation } from "react-i18next";
import type { FigureKey } from "../../../api/contract";
import { Figure } from "../../../kit/Figure";
import { growth } from "../../../kit/format";
import { useFormat } from "../../../kit/useFormat";
import { isAtEnd, isShare, listOf } from "../figures";
import type { WidgetProps } from "../widgets";

/** One figure that tells what it means and opens the list behind it. */
export function FigureTile({ dashboard, card }: WidgetProps) {
  const figure = card as FigureKey;
  const { t } = useTranslation();
  const { count, wholeMoney, money, share, day, percentagePoints } = useFormat();
  const { period, previous, currency, as_of } = dashboard;
  const { value, previous: before } = dashboard.figures[figure];
  const told = (some: number | null): string | null => {
    if (some === null) return null;
    if (figure === "sales_minor") return wholeMoney(some, currency);
    if (figure === "average_order_minor") return money(some, currency);
    return isShare.has(figure) ? share(some, 1) : count(some);
  };
  const toldBefore = told(before);
  const list = listOf(figure, dashboard);
  return (
    <Figure
      label={t(`home.figure.${figure}`)}
      value={told(value)}
      change={previous ? growth(value, before) : undefined}
      changeText={
        isShare.has(figure) && value !== null && before !== null
          ? percentagePoints(Math.abs(value - before))
          : undefined
      }
      isNeutral={figure.startsWith("points_")}
      explain={{
        definition: t(`home.definition.${figure}`),
        period: isAtEnd.has(figure) ? day(period.to) : `${day(period.from)} – ${day(period.to)}`,
        previous:
          toldBefore && previous
            ? `${t("kit.previous", { value: toldBefore })} (${day(previous.from)} – ${day(previous.to)})`
            : null,
        computedAt: as_of,
        list: { to: list.to, label: t(list.label) },
      }}
    />
  );
}
