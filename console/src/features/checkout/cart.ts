import type { Cart } from "../../api/checkout";
import { minorOf } from "./formValues";

/** What somebody tries: prices as people write them. */
export interface CartValues {
  lines: { product: string; quantity: number; price: number }[];
  phone?: string;
  points?: number | null;
  is_most: boolean;
  is_best: boolean;
  codes?: string[];
  coupon?: number | null;
}

export const startCart: CartValues = {
  lines: [{ product: "", quantity: 1, price: 0 }],
  is_most: true,
  is_best: true,
};

/** The cart as a till would send it. */
export function cartOf(values: CartValues, currency: string): Cart {
  const phone = values.phone?.trim();
  const points = values.is_most ? "most" : (values.points ?? 0);
  return {
    source: "console",
    member: phone ? { phone } : null,
    lines: values.lines.map((line) => ({
      product: line.product.trim(),
      quantity: String(line.quantity),
      unit_price: String(line.price),
      is_goods: true,
    })),
    // Without a member there is nobody whose points could pay.
    points: phone ? points : 0,
    coupons: values.is_best ? "best" : (values.codes ?? []),
    coupon_minor: minorOf(values.coupon ?? 0, currency),
  };
}
