import { useRef, useState } from "react";
import { Unreachable } from "../../api/client";
import type { MemberRow } from "../../api/contract";
import type { Product } from "../../api/products";
import { findMember, findMembers, findProducts, quoteOfNothing, scanProduct } from "../../api/till";
import { meaningOf, type Wanted, withQuantity } from "./meaning";
import { findProduct, searchProducts } from "./offline/products";
import type { Buyer, Step } from "./sale";

const mostShown = 8;

/** What was found where it is not one thing alone. */
export interface Found {
  text: string;
  quantity: number;
  products: Product[];
  members: MemberRow[];
  /** Somebody unknown, with what they could be signed up by. */
  stranger: { phone?: string } | null;
}

interface Surroundings {
  store: string;
  isOnline: boolean;
  mayFindMembers: boolean;
  /** The coupons that the sale uses as it was quoted. */
  used: string[];
  step: (step: Step) => void;
}

/** Takes what is scanned or typed, one after the other, and does what it means. */
export function useEntry(around: Surroundings) {
  const now = useRef(around);
  now.current = around;
  const line = useRef(Promise.resolve());
  const [open, setOpen] = useState(0);
  const [found, setFound] = useState<Found | null>(null);
  const [error, setError] = useState<unknown>(null);

  const submit = (typed: string, wanted: Wanted) => {
    setFound(null);
    setError(null);
    setOpen((count) => count + 1);
    // A scanner does not wait: what it reads meanwhile stands in line.
    line.current = line.current
      .then(() => take(typed, wanted))
      .catch(setError)
      .finally(() => setOpen((count) => count - 1));
  };

  async function take(typed: string, wanted: Wanted): Promise<void> {
    const { isOnline, mayFindMembers, used, step } = now.current;
    const meaning = meaningOf(typed, wanted);
    if (meaning.kind === "nothing") return;
    // A shown coupon joins those that are used already.
    if (meaning.kind === "coupon")
      return step({ kind: "coupons", coupons: [...new Set([...used, meaning.code])] });
    if (meaning.kind === "phone") return takeBuyer({ phone: meaning.phone }, `phone:${meaning.phone}`);
    if (meaning.kind === "memberNumber")
      return takeBuyer({ number: meaning.number }, `number:${meaning.number}`);
    const { quantity, text } = withQuantity(meaning.text);
    const canAskMembers = isOnline && mayFindMembers && wanted !== "goods";
    if (wanted !== "member") {
      const product = await exactly(text, isOnline);
      if (product) return step({ kind: "add", product, quantity });
    }
    if (canAskMembers) {
      const member = await findMember(`card:${text}`);
      if (member) return step({ kind: "buyer", buyer: { id: member.id } });
    }
    const [products, members] = await Promise.all([
      wanted === "member" ? [] : some(text, isOnline),
      canAskMembers ? findMembers(text, mostShown) : [],
    ]);
    const only = members.length === 1 && products.length === 0 ? members[0] : undefined;
    if (only && wanted === "member") return step({ kind: "buyer", buyer: { id: only.id } });
    setFound({ text, quantity, products, members, stranger: wanted === "member" ? {} : null });
  }

  async function takeBuyer(buyer: Buyer, reference: string): Promise<void> {
    const { isOnline, mayFindMembers, store, step } = now.current;
    if (!isOnline) return step({ kind: "buyer", buyer });
    const member = mayFindMembers ? await findMember(reference) : null;
    if (member) return step({ kind: "buyer", buyer: { id: member.id } });
    // Members of stores that the cashier does not see are known to checkout all the same.
    const known = await quoteOfNothing(buyer, store);
    if (known?.member_id) return step({ kind: "buyer", buyer });
    const text = buyer.phone ?? buyer.number ?? "";
    const stranger = buyer.phone ? { phone: buyer.phone } : null;
    setFound({ text, quantity: 1, products: [], members: [], stranger });
  }

  const close = () => {
    setFound(null);
    setError(null);
  };
  return { submit, found, error, close, isLooking: open > 0 };
}

/** The catalogue as it is at this moment; the copy in the browser where that takes too long. */
async function exactly(code: string, isOnline: boolean): Promise<Product | null> {
  if (!isOnline) return findProduct(code);
  try {
    return await scanProduct(code);
  } catch (error) {
    const isSlow = error instanceof DOMException || error instanceof Unreachable;
    if (!isSlow) throw error;
    return findProduct(code);
  }
}

async function some(text: string, isOnline: boolean): Promise<Product[]> {
  if (!isOnline) return searchProducts(text, mostShown);
  return findProducts(text, mostShown).catch((error: unknown) => {
    if (error instanceof Unreachable) return searchProducts(text, mostShown);
    throw error;
  });
}
