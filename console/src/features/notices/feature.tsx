import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const noticesFeature: Feature = {
  area: "home",
  help: "notices",
  pages: [
    {
      path: "/notices",
      component: lazy(() => import("./NoticesPage").then((file) => ({ default: file.NoticesPage }))),
    },
  ],
};
