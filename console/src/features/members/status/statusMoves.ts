import type { MemberStatus } from "../../../api/contract";

export type StatusMove = "freeze" | "unfreeze" | "cancel" | "restore";

/** What each move makes of a member. */
export const statusAfter = {
  freeze: "frozen",
  unfreeze: "active",
  cancel: "cancelled",
  restore: "active",
} as const satisfies Record<StatusMove, MemberStatus>;

/** The moves that make sense; whose data are erased stays as they are. */
export function movesFrom(status: string): StatusMove[] {
  if (status === "active") return ["freeze", "cancel"];
  if (status === "frozen") return ["unfreeze", "cancel"];
  return status === "cancelled" ? ["restore"] : [];
}
