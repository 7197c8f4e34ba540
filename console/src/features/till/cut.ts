import type { Quote } from "../../api/checkout";
import { amountOf, type Line } from "./sale";

export type MemberDiscount = Quote["discounts"][number];

/** What a member's level takes off the prices: the discount, and the new amounts by line. */
export interface Cut {
  discount: MemberDiscount;
  amounts: Map<number, number>;
  off_minor: number;
}

/** The discount that takes off most; the level's discounts are not added up. */
export function bestCut(lines: readonly Line[], discounts: readonly MemberDiscount[]): Cut | null {
  let best: Cut | null = null;
  for (const discount of discounts) {
    const cut = cutOf(lines, discount);
    if (cut.off_minor > (best?.off_minor ?? 0)) best = cut;
  }
  return best;
}

/** Shares of a fixed amount go by the lines' amounts; the last line takes what rounding leaves. */
function cutOf(lines: readonly Line[], discount: MemberDiscount): Cut {
  const some = lines.filter((line) => isFor(line, discount) && amountOf(line) > 0);
  const gross = some.reduce((sum, line) => sum + amountOf(line), 0);
  const none = { discount, amounts: new Map<number, number>(), off_minor: 0 };
  if (gross === 0 || gross < discount.least_order_minor) return none;
  const wanted =
    discount.percent_off === null
      ? Math.min(discount.amount_minor ?? 0, gross)
      : Math.floor((gross * discount.percent_off) / 100);
  const off = Math.min(wanted, discount.most_minor ?? wanted);
  const amounts = new Map<number, number>();
  let left = off;
  some.forEach((line, place) => {
    const amount = amountOf(line);
    const share = place === some.length - 1 ? Math.min(left, amount) : Math.floor((off * amount) / gross);
    left -= share;
    amounts.set(line.id, amount - share);
  });
  return { discount, amounts, off_minor: off - left };
}

function isFor(line: Line, discount: MemberDiscount): boolean {
  if (!line.is_goods) return false;
  if (discount.products.length === 0 && discount.categories.length === 0) return true;
  return (
    discount.products.includes(line.product) ||
    (line.category !== null && discount.categories.includes(line.category))
  );
}
