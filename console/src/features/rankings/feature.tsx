import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const rankingsFeature: Feature = {
  area: "insight",
  help: "figures",
  pages: [
    {
      path: "/insight/rankings",
      title: "rankings.title",
      permission: "analytics.read",
      component: lazy(() => import("./RankingsPage").then((file) => ({ default: file.RankingsPage }))),
    },
  ],
};
