import { minorDigits } from "../../kit/format";

/** The ledger counts costs in millionths of the smallest coin; people write them in whole money. */
const millionths = 1_000_000;

export function moneyOf(micro: number, currency: string): number {
  return micro / millionths / 10 ** minorDigits(currency);
}

export function microOf(money: number, currency: string): number {
  return Math.round(money * 10 ** minorDigits(currency) * millionths);
}

/** As many decimals as a cost can have. */
export function costDigits(currency: string): number {
  return minorDigits(currency) + 6;
}
