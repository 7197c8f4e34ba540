import type { SegmentCode } from "../../api/contract";

/** From the most to the least valuable, as people read them. */
export const segmentOrder: readonly SegmentCode[] = [
  "champions",
  "loyal",
  "potential_loyalist",
  "new",
  "promising",
  "need_attention",
  "about_to_sleep",
  "at_risk",
  "cannot_lose",
  "hibernating",
];

export function isSegment(text: string): text is SegmentCode {
  return (segmentOrder as readonly string[]).includes(text);
}
