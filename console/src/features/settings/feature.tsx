import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const settingsFeature: Feature = {
  area: "settings",
  group: "system",
  help: "operations",
  pages: [
    {
      path: "/settings/system",
      title: "settings.title",
      component: lazy(() => import("./SystemPage").then((file) => ({ default: file.SystemPage }))),
    },
  ],
};
