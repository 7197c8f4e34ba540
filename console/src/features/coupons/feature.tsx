import { lazy } from "react";
import type { Feature } from "../../app/feature";

const editor = () => import("./EditTemplate");

export const couponsFeature: Feature = {
  area: "loyalty",
  group: "coupons",
  help: "coupons",
  pages: [
    {
      path: "/loyalty/coupons",
      title: "coupons.title",
      permission: "coupons.read",
      component: lazy(() => import("./TemplatesPage").then((file) => ({ default: file.TemplatesPage }))),
    },
    {
      path: "/loyalty/coupons/new",
      permission: "coupons.write",
      component: lazy(() => editor().then((file) => ({ default: file.AddTemplate }))),
    },
    {
      path: "/loyalty/coupons/$code",
      permission: "coupons.read",
      component: lazy(() => import("./TemplatePage").then((file) => ({ default: file.TemplatePage }))),
    },
    {
      path: "/loyalty/coupons/$code/edit",
      permission: "coupons.write",
      component: lazy(() => editor().then((file) => ({ default: file.EditTemplate }))),
    },
    {
      path: "/loyalty/coupon-stacking",
      title: "coupons.stacking.title",
      permission: "coupons.read",
      component: lazy(() =>
        import("./stacking/StackingPage").then((file) => ({ default: file.StackingPage })),
      ),
    },
  ],
};
