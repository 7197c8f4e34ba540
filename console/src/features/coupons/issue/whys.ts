/** Why some of many were not given a coupon, as far as the console has words for it. */
export const whys = [
  "already",
  "member_not_active",
  "member_not_found",
  "limit_reached",
  "sold_out",
  "paused",
  "closed",
  "not_published",
  "over",
] as const;

export function isKnownWhy(why: string): why is (typeof whys)[number] {
  return (whys as readonly string[]).includes(why);
}
