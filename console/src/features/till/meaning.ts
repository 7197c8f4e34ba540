/** What somebody scanned or typed, by its shape alone; what it is, is looked up afterwards. */
export type Meaning =
  | { kind: "nothing" }
  | { kind: "phone"; phone: string }
  | { kind: "memberNumber"; number: string }
  | { kind: "coupon"; code: string }
  /** Goods, or else a card, or a name of either. */
  | { kind: "any"; text: string };

/** What the cashier asked for: anything, or a member alone, or goods alone. */
export type Wanted = "any" | "member" | "goods";

const phone = /^(?:1[3-9]\d{9}|\+\d{7,15})$/;
const memberNumber = /^M[2-9A-HJKMNP-TV-Z]{10}$/;
/** Sixteen characters that nobody misreads, behind a prefix of up to eight. */
const coupon = /^(?=.*[A-HJKMNP-TV-Z])[2-9A-HJKMNP-TV-Z]{16,24}$/;

export function meaningOf(typed: string, wanted: Wanted): Meaning {
  const text = typed.trim();
  if (!text) return { kind: "nothing" };
  if (wanted === "goods") return { kind: "any", text };
  const plain = text.replace(/[\s-]/g, "").toUpperCase();
  if (phone.test(plain)) return { kind: "phone", phone: plain };
  if (memberNumber.test(plain)) return { kind: "memberNumber", number: plain };
  if (wanted === "any" && coupon.test(plain)) return { kind: "coupon", code: plain };
  return { kind: "any", text };
}

const times = /^(\d{1,4}(?:[.]\d{1,3})?)[*×xX](.+)$/;

/** `3*6901234567892` is three of it. */
export function withQuantity(typed: string): { quantity: number; text: string } {
  const found = times.exec(typed.trim());
  const quantity = Number(found?.[1] ?? 1);
  return found?.[2] && quantity > 0
    ? { quantity, text: found[2].trim() }
    : { quantity: 1, text: typed.trim() };
}
