import type { Import } from "../../api/contract";

/** Seconds until an import ends if it keeps its pace; `null` while nothing can be said honestly. */
export function remainingSeconds(progress: NonNullable<Import["progress"]>): number | null {
  const { done, total, rate_per_second: rate } = progress;
  if (total === null || !rate || done <= 0) return null;
  return Math.max(0, total - done) / rate;
}
