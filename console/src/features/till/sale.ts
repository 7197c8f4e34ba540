import type { Cart } from "../../api/checkout";
import type { Product } from "../../api/products";

/** A product in the cart. `price_minor` null: nobody has said yet what it costs. */
export interface Line {
  id: number;
  product: string;
  name: string;
  category: string | null;
  is_goods: boolean;
  quantity: number;
  price_minor: number | null;
  /** The catalogue has no price: the cashier says it. */
  is_open: boolean;
}

/** Whose purchase it is, as checkout is told. */
export type Buyer = NonNullable<Cart["member"]>;

/** What is being sold, until it is paid. */
export interface Sale {
  lines: Line[];
  /** The line that keys act on. */
  selected: number | null;
  next_id: number;
  buyer: Buyer | null;
  coupons: "best" | string[];
  points: "most" | number;
}

export type Step =
  | { kind: "add"; product: Product; quantity: number }
  | { kind: "count"; id: number; quantity: number }
  | { kind: "price"; id: number; price_minor: number }
  | { kind: "remove"; id: number }
  | { kind: "select"; id: number }
  | { kind: "move"; by: 1 | -1 }
  | { kind: "buyer"; buyer: Buyer | null }
  | { kind: "coupons"; coupons: "best" | string[] }
  | { kind: "points"; points: "most" | number }
  | { kind: "restore"; sale: Sale }
  | { kind: "clear" };

export const emptySale: Sale = {
  lines: [],
  selected: null,
  next_id: 1,
  buyer: null,
  coupons: "best",
  points: 0,
};

export const mostLines = 200;
const mostPieces = 10_000;

export function after(sale: Sale, step: Step): Sale {
  switch (step.kind) {
    case "add":
      return added(sale, step.product, step.quantity);
    case "count": {
      const quantity = sellable(step.quantity);
      if (quantity <= 0) return without(sale, step.id);
      return changed(sale, step.id, { quantity });
    }
    case "price":
      return changed(sale, step.id, { price_minor: step.price_minor });
    case "remove":
      return without(sale, step.id);
    case "select":
      return { ...sale, selected: step.id };
    case "move":
      return { ...sale, selected: neighbour(sale, step.by) };
    case "buyer":
      // Another person has other coupons and points.
      return { ...sale, buyer: step.buyer, coupons: "best", points: 0 };
    case "coupons":
      return { ...sale, coupons: step.coupons };
    case "points":
      return { ...sale, points: step.points };
    case "restore":
      return step.sale;
    case "clear":
      return emptySale;
  }
}

/** Three decimals at most, as orders have them: 0.1 and 0.2 must not be 0.30000000000000004. */
function sellable(quantity: number): number {
  return Math.min(mostPieces, Math.round(quantity * 1000) / 1000);
}

/** The same product at the same price is one line; an open price may differ from piece to piece. */
function added(sale: Sale, product: Product, quantity: number): Sale {
  const same = sale.lines.find(
    (line) => line.product === product.code && !line.is_open && line.price_minor === product.price_minor,
  );
  if (same) return changed(sale, same.id, { quantity: sellable(same.quantity + quantity) });
  if (sale.lines.length >= mostLines) return sale;
  const line: Line = {
    id: sale.next_id,
    product: product.code,
    name: product.name,
    category: product.category,
    is_goods: product.is_goods,
    quantity,
    price_minor: product.price_minor,
    is_open: product.price_minor === null,
  };
  return { ...sale, lines: [...sale.lines, line], selected: line.id, next_id: sale.next_id + 1 };
}

function changed(sale: Sale, id: number, change: Partial<Line>): Sale {
  return {
    ...sale,
    selected: id,
    lines: sale.lines.map((line) => (line.id === id ? { ...line, ...change } : line)),
  };
}

function without(sale: Sale, id: number): Sale {
  const place = sale.lines.findIndex((line) => line.id === id);
  const lines = sale.lines.filter((line) => line.id !== id);
  return { ...sale, lines, selected: (lines[place] ?? lines[place - 1])?.id ?? null };
}

function neighbour(sale: Sale, by: 1 | -1): number | null {
  const place = sale.lines.findIndex((line) => line.id === sale.selected);
  const next = Math.max(0, Math.min(sale.lines.length - 1, place + by));
  return sale.lines[next]?.id ?? null;
}

export function selectedLine(sale: Sale): Line | null {
  return sale.lines.find((line) => line.id === sale.selected) ?? null;
}

/** The first line whose price nobody has said. */
export function unpriced(sale: Sale): Line | null {
  return sale.lines.find((line) => line.price_minor === null) ?? null;
}

/** Quantity by price, rounded once, as the server does; quantities have three decimals at most. */
export function amountOf(line: Pick<Line, "quantity" | "price_minor">): number {
  return Math.round((Math.round(line.quantity * 1000) * (line.price_minor ?? 0)) / 1000);
}

export function totalOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + amountOf(line), 0);
}

export function piecesOf(lines: readonly Line[]): number {
  return Math.round(lines.reduce((sum, line) => sum + line.quantity, 0) * 1000) / 1000;
}
