import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const checkoutFeature: Feature = {
  area: "loyalty",
  group: "programme",
  help: "checkout",
  pages: [
    {
      path: "/loyalty/checkout",
      title: "checkout.title",
      permission: "checkout_policies.read",
      component: lazy(() => import("./CheckoutPage").then((file) => ({ default: file.CheckoutPage }))),
    },
  ],
};
