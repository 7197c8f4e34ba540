import type { Account } from "../../../api/contract";

/** A balance after a change: what is owed is repaid first, and nothing is taken that is not there. */
export function foreseen(account: Pick<Account, "available" | "debt">, change: number) {
  const repaid = Math.min(Math.max(change, 0), account.debt);
  const available = account.available + change - repaid;
  return { available, debt: account.debt - repaid, repaid, missing: Math.max(0, -available) };
}
