import type { MemberOverview, OverviewSections } from "../../api/contract";

/** A module's part of the overview, when the server has that module. */
export function sectionData<Key extends keyof OverviewSections>(
  overview: MemberOverview,
  key: Key,
): OverviewSections[Key] | null {
  const section = overview.sections.find((one) => one.key === key);
  return (section?.data as OverviewSections[Key] | undefined) ?? null;
}
