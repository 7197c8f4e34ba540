import { lazy } from "react";
import type { Feature } from "../../../app/feature";

export const couponRedeemFeature: Feature = {
  area: "sales",
  help: "coupon-redemption",
  pages: [
    {
      path: "/sales/redeem-coupons",
      title: "couponRedeem.title",
      permission: "coupons.redeem",
      component: lazy(() => import("./RedeemPage").then((file) => ({ default: file.RedeemPage }))),
    },
  ],
};
