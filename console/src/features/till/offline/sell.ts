import { isUndecided, type Recorded, recordSale } from "../../../api/tillSales";
import { connection } from "./connection";
import { after, begun, needsServer, queued, type TillSale } from "./queue";
import { keep, move } from "./store";

export type { LineTold, TillSale } from "./queue";

export type Sold = { kind: "recorded"; answer: Recorded } | { kind: "queued" };

/** The till is offline, and the sale wants what only the server can give: points or coupons. Nothing was sold. */
export class NeedsServer extends Error {
  constructor() {
    super("points and coupons need the server");
    this.name = "NeedsServer";
  }
}

/**
 * Sells: recorded by the server, or kept here and sent later under the same number.
 *
 * Throws `Refused` where the server says no, and `NeedsServer`; then nothing was sold. A sale that is kept must not
 * be sold again under another number.
 */
export async function sell(sale: TillSale): Promise<Sold> {
  if (!connection.now().isOnline) {
    if (needsServer(sale.order)) throw new NeedsServer();
    await keep(queued(sale, Date.now()));
    connection.lookSoon();
    return { kind: "queued" };
  }
  const kept = begun(sale, Date.now());
  // A browser that keeps nothing can still sell while the server answers.
  const isKept = await keep(kept).then(
    () => true,
    () => false,
  );
  try {
    const answer = await recordSale(sale.order);
    if (isKept) await move([{ seen: kept, next: null }]);
    connection.heard();
    return { kind: "recorded", answer };
  } catch (error) {
    const isOpen = isUndecided(error);
    if (isKept)
      await move([{ seen: kept, next: isOpen ? after(kept, { kind: "unknown" }, Date.now()) : null }]);
    if (!isOpen || !isKept) throw error;
    // Whether it arrived nobody knows: the queue sends it again, and the number makes it one sale.
    connection.lost(error);
    return { kind: "queued" };
  }
}
