import { type ComponentType, lazy } from "react";
import type { CouponTemplateDetail } from "../../api/coupons";
import type { TextKey } from "../../i18n/keys";

export interface CouponTabProps {
  template: CouponTemplateDetail;
}

export interface CouponTab {
  key: string;
  title: TextKey;
  permission: string;
  component: ComponentType<CouponTabProps>;
}

/** What stands beside the terms on a template's page, in order. */
export const couponTabs: readonly CouponTab[] = [
  {
    key: "issuing",
    title: "coupons.tab.issuing",
    permission: "coupons.read",
    component: lazy(() => import("./IssuingTab").then((file) => ({ default: file.IssuingTab }))),
  },
  {
    key: "give",
    title: "couponIssue.tab",
    permission: "coupons.read",
    component: lazy(() => import("./issue/GiveTab").then((file) => ({ default: file.GiveTab }))),
  },
  {
    key: "batches",
    title: "couponBatches.tab",
    permission: "coupons.read",
    component: lazy(() => import("./batches/BatchesTab").then((file) => ({ default: file.BatchesTab }))),
  },
  {
    key: "rush",
    title: "couponRush.tab",
    permission: "coupons.read",
    component: lazy(() => import("./rush/RushTab").then((file) => ({ default: file.RushTab }))),
  },
  {
    key: "figures",
    title: "couponReports.tab",
    permission: "coupons.read",
    component: lazy(() => import("./reports/TemplateTab").then((file) => ({ default: file.TemplateTab }))),
  },
  {
    key: "versions",
    title: "coupons.tab.versions",
    permission: "coupons.read",
    component: lazy(() => import("./Versions").then((file) => ({ default: file.Versions }))),
  },
];
