import { useTranslation } from "react-i18next";
import type { CouponTemplate } from "../../api/coupons";
import { useFormat } from "../../kit/useFormat";

/** The server counts no further. */
const cap = 10_000;

/** How many there are of a template, said so that a number which is not exact does not look as if it were. */
export function useCounted() {
  const { t } = useTranslation();
  const { count } = useFormat();
  const upToCap = (value: number) =>
    value < cap ? count(value) : t("coupons.beyond", { value: count(cap) });
  return {
    issued: ({ issued }: CouponTemplate) => upToCap(issued),
    redeemed: ({ redeemed }: CouponTemplate) => (redeemed === null ? t("kit.none") : count(redeemed)),
    left: ({ stock, stock_left }: CouponTemplate) =>
      stock === null || stock_left === null ? t("coupons.endless") : upToCap(stock_left),
    stock: ({ stock, stock_left }: CouponTemplate) =>
      stock === null || stock_left === null
        ? t("coupons.endless")
        : t("coupons.left", { left: upToCap(stock_left), stock: count(stock) }),
  };
}
