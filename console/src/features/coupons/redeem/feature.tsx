import { lazy } from "react";
import type { Feature } from "../../../app/feature";

export const couponRedeemFeature: Feature = {
  area: "sales",
  pages: [
    {
      path: "/sales/redeem-coupons",
      title: "couponRedeem.title",
      permission: "coupons.redeem",
      component: lazy(() => import("./RedeemPage").then((file) => ({ default: file.RedeemPage }))),
    },
  ],
};
