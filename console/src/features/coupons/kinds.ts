import type { Terms } from "../../api/coupons";

export const kinds = [
  "amount_off",
  "percent_off",
  "steps",
  "fixed_price",
  "gift",
  "free_shipping",
  "nth_item",
] as const;

export type Kind = (typeof kinds)[number];

/** What the discount of a kind begins with; amounts in minor units, `unit` of them to a whole. */
export function firstDiscount(kind: Kind, unit: number): Terms {
  switch (kind) {
    case "amount_off":
      return { kind, off_minor: 10 * unit };
    case "percent_off":
      return { kind, percent: 10 };
    case "steps":
      return {
        kind,
        steps: [
          { from_minor: 100 * unit, off_minor: 10 * unit },
          { from_minor: 200 * unit, off_minor: 30 * unit },
        ],
      };
    case "fixed_price":
      return { kind, price_minor: 99 * unit, most_pieces: 1 };
    case "gift":
      return { kind, products: [], pieces: 1, price_minor: 0 };
    case "free_shipping":
      return { kind };
    case "nth_item":
      return { kind, nth: 2, percent: 50 };
  }
}

/** Terms to begin with: they could be published as they stand, but for a gift's products. */
export function firstTerms(kind: Kind, unit: number): Terms {
  const terms: Terms = { discount: firstDiscount(kind, unit), validity: { kind: "relative", days: 30 } };
  return kind === "amount_off" ? { ...terms, threshold: { least: 100 * unit } } : terms;
}
