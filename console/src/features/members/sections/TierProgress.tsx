import { sectionData } from "../overview";
import type { MemberSectionProps } from "../sections";
import { TierWay } from "./TierWay";

/** The way to the next level, beside everything else. */
export function TierProgress({ overview }: MemberSectionProps) {
  const tier = sectionData(overview, "tier");
  return tier ? <TierWay tier={tier} /> : null;
}
