import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const rfmFeature: Feature = {
  area: "insight",
  help: "figures",
  pages: [
    {
      path: "/insight/rfm",
      title: "rfm.title",
      permission: "analytics.read",
      component: lazy(() => import("./RfmPage").then((file) => ({ default: file.RfmPage }))),
    },
    {
      path: "/insight/rfm/$segment",
      permission: "analytics.read",
      component: lazy(() => import("./SegmentMembers").then((file) => ({ default: file.SegmentMembers }))),
    },
  ],
};
