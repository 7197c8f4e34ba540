import type { ActivityKind } from "../../api/contract";

export const kinds = [
  "check_in",
  "review",
  "share",
  "referral",
  "survey",
  "custom",
  "sign_up",
  "profile_completed",
  "birthday",
] as const satisfies readonly ActivityKind[];

/** Those that nobody but a person or another system can know of. */
export const byHand = ["check_in", "review", "share", "referral", "survey", "custom"] as const;
export type ByHand = (typeof byHand)[number];
