import { useState } from "react";
import type { Sale } from "./sale";

/** A sale set aside while the customer fetches something. */
export interface HeldSale {
  at: string;
  sale: Sale;
}

const most = 20;

/** Sales set aside at this till, the newest first. They hold no phone: the member is named again. */
export function useHeld(store: string) {
  const place = `shuke.till.held.${store}`;
  const [held, setHeld] = useState<HeldSale[]>(() => {
    try {
      return JSON.parse(localStorage.getItem(place) ?? "[]") as HeldSale[];
    } catch {
      return [];
    }
  });
  const write = (next: HeldSale[]) => {
    setHeld(next);
    localStorage.setItem(place, JSON.stringify(next));
  };
  return {
    held,
    isFull: held.length >= most,
    hold: (sale: Sale, at: string) => {
      const buyer = sale.buyer?.id ? { id: sale.buyer.id } : null;
      write([{ at, sale: { ...sale, buyer, coupons: "best" as const, points: 0 } }, ...held]);
    },
    take: (one: HeldSale) => write(held.filter((other) => other !== one)),
  };
}
