import { answer, client, Refused, Unreachable } from "./client";
import type { components } from "./schema";

type Shapes = components["schemas"];
export type OrderWish = Shapes["OrderIn"];
export type Recorded = Shapes["RecordedOut"];
export type SaleResult = Shapes["ResultOut"];

/** Longer than this a customer at the till does not wait; the sale is kept and sent again. */
const sellingMs = 10_000;
const deliveringMs = 60_000;

/** Nobody is there who could decide: the network, a proxy whose server is away, a server without its database. */
export function isAway(error: unknown): boolean {
  if (error instanceof Refused) return [502, 503, 504].includes(error.status);
  // The connection may also break, or the time be over, while the answer is being read.
  return error instanceof Unreachable || error instanceof TypeError || error instanceof DOMException;
}

/** No yes and no no: sent again, the same request may be accepted. */
export function isUndecided(error: unknown): boolean {
  return isAway(error) || (error instanceof Refused && (error.status >= 500 || isLater(error.status)));
}

export function isLater(status: number): boolean {
  return status === 408 || status === 429;
}

export function recordSale(order: OrderWish): Promise<Recorded> {
  return answer(client.POST("/v1/orders", { body: order, signal: AbortSignal.timeout(sellingMs) }));
}

/** Each sale is judged for itself; the results come in the order of the sales. */
export async function recordSales(orders: OrderWish[]): Promise<SaleResult[]> {
  const { results } = await answer(
    client.POST("/v1/orders/batch", {
      body: { orders, all_or_nothing: false },
      signal: AbortSignal.timeout(deliveringMs),
    }),
  );
  return results;
}

/** The shop's present; also what tells whether the server is there. */
export function askTime(): Promise<Shapes["SystemOut"]> {
  return answer(client.GET("/v1/system", { signal: AbortSignal.timeout(5_000) }));
}
