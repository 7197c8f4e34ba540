import type { RushState } from "../../../api/couponRush";

/** All attempts a second, whatever came of them. */
export function attemptsOf({ attempts_per_second }: RushState): number {
  return Object.values(attempts_per_second).reduce((sum, value) => sum + value, 0);
}

/** Those of them that were told to come again. */
export function queueing({ attempts_per_second }: RushState): number {
  return attempts_per_second["coupons.queueing"] ?? 0;
}
