import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const tillFeature: Feature = {
  area: "sales",
  pages: [
    {
      path: "/till",
      title: "till.open",
      permission: "orders.write",
      isAlone: true,
      component: lazy(() => import("./TillPage").then((file) => ({ default: file.TillPage }))),
    },
  ],
};
