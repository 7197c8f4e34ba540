import type { Sale } from "./sale";

/** A sale set aside while the customer fetches something: `id` names it, `by` set it aside. */
export interface HeldSale {
  id: string;
  at: string;
  by: string;
  sale: Sale;
}

type Place = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

export const prefixOf = (store: string) => `shuke.till.held.${store}.`;

/** Sales set aside in this browser for a store, the newest first. Each stands by itself, so that two tabs that set
 * sales aside at once lose none. */
export function heldIn(place: Place, store: string): HeldSale[] {
  const prefix = prefixOf(store);
  const keys = Array.from({ length: place.length }, (_, index) => place.key(index));
  return keys
    .filter((key) => key?.startsWith(prefix))
    .map((key) => read(place.getItem(key as string)))
    .filter((one) => one !== null)
    .sort((one, other) => (one.at < other.at ? 1 : -1));
}

/** Sets a sale aside. No phone is kept: the member is named by number alone. */
export function holdIn(place: Place, store: string, held: HeldSale): void {
  const buyer = held.sale.buyer?.id ? { id: held.sale.buyer.id } : null;
  const sale: Sale = { ...held.sale, buyer, coupons: "best", points: 0 };
  place.setItem(prefixOf(store) + held.id, JSON.stringify({ ...held, sale }));
}

/** Takes a sale back; null: another tab has it already. */
export function takeFrom(place: Place, store: string, id: string): HeldSale | null {
  const key = prefixOf(store) + id;
  const found = read(place.getItem(key));
  place.removeItem(key);
  return found;
}

function read(text: string | null): HeldSale | null {
  if (text === null) return null;
  try {
    const { id, at, by, sale } = JSON.parse(text) as HeldSale;
    return Array.isArray(sale?.lines) ? { id, at, by, sale } : null;
  } catch {
    return null;
  }
}
