import type { Place } from "./layout";

const figures = [
  "sales_minor",
  "orders",
  "average_order_minor",
  "member_sales_share",
  "members",
  "new_members",
  "active_members",
  "repurchase_rate",
  "points_issued",
  "points_used",
  "points_expired",
  "points_outstanding",
];

/** The board of somebody who has not arranged one. */
export const usualPlaces: readonly Place[] = [
  ...figures.map((key, index) => ({
    key,
    x: (index % 6) * 2,
    y: Math.floor(index / 6) * 3,
    w: 2,
    h: 3,
  })),
  { key: "sales", x: 0, y: 6, w: 8, h: 8 },
  { key: "tiers", x: 8, y: 6, w: 4, h: 8 },
  { key: "days", x: 0, y: 14, w: 8, h: 7 },
  { key: "repurchase", x: 8, y: 14, w: 4, h: 7 },
  { key: "points", x: 0, y: 21, w: 4, h: 8 },
  { key: "newMembers", x: 4, y: 21, w: 4, h: 8 },
  { key: "work", x: 8, y: 21, w: 4, h: 8 },
  { key: "rfm", x: 0, y: 29, w: 6, h: 11 },
  { key: "stores", x: 6, y: 29, w: 6, h: 11 },
];
