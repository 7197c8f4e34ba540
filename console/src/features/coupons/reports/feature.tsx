import { lazy } from "react";
import type { Feature } from "../../../app/feature";

export const couponReportsFeature: Feature = {
  area: "loyalty",
  group: "coupons",
  help: "coupon-figures",
  pages: [
    {
      path: "/loyalty/coupon-figures",
      title: "couponReports.title",
      permission: "coupons.read",
      component: lazy(() => import("./ReportsPage").then((file) => ({ default: file.ReportsPage }))),
    },
  ],
};
