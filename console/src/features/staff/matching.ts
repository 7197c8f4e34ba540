import type { PermissionGroup } from "../../api/contract";

/** The groups with the permissions whose name or code holds what was typed. */
export function matching(groups: PermissionGroup[], wanted: string): PermissionGroup[] {
  const typed = wanted.trim().toLowerCase();
  if (!typed) return groups;
  return groups
    .map((group) => ({
      ...group,
      permissions: group.permissions.filter((one) =>
        [one.code, one.name_zh, one.name_en].some((text) => text.toLowerCase().includes(typed)),
      ),
    }))
    .filter((group) => group.permissions.length > 0);
}
