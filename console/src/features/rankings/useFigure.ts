import { useTranslation } from "react-i18next";
import type { RankingSort } from "../../api/contract";
import { useFormat } from "../../kit/useFormat";

/** A figure of a ranking as people read it. */
export function useFigure(currency: string): (key: RankingSort, value: number | null) => string {
  const { t } = useTranslation();
  const { count, wholeMoney, money, share } = useFormat();
  return (key, value) => {
    if (value === null) return t("kit.none");
    switch (key) {
      case "net_sales_minor":
        return wholeMoney(value, currency);
      case "average_order_minor":
        return money(value, currency);
      case "returning_share":
        return share(value);
      default:
        return count(value);
    }
  };
}
