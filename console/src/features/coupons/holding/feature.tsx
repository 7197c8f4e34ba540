import { lazy } from "react";
import type { Feature } from "../../../app/feature";

export const heldCouponsFeature: Feature = {
  area: "loyalty",
  group: "coupons",
  help: "coupon-holding",
  pages: [
    {
      path: "/loyalty/issued-coupons",
      title: "couponHolding.title",
      permission: "coupons.read",
      component: lazy(() => import("./CouponList").then((file) => ({ default: file.CouponList }))),
    },
  ],
};
