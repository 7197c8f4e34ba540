import type { MemberOverview, OverviewSection } from "../../api/contract";

type Parts = { [Section in OverviewSection as Section["key"]]: Section["data"] };

/** A module's part of the overview, when the server has that module. */
export function sectionData<Key extends keyof Parts>(overview: MemberOverview, key: Key): Parts[Key] | null {
  const found = overview.sections.find((section) => section.key === key);
  return (found?.data as Parts[Key] | undefined) ?? null;
}
