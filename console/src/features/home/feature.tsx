import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const homeFeature: Feature = {
  area: "home",
  help: "figures",
  pages: [
    {
      path: "/",
      title: "home.title",
      permission: "analytics.read",
      component: lazy(() => import("./Home").then((file) => ({ default: file.Home }))),
    },
  ],
};
