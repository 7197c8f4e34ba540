import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const operationsFeature: Feature = {
  area: "settings",
  group: "system",
  help: "operations",
  pages: [
    {
      path: "/settings/background",
      title: "operations.title",
      permission: "system.read",
      component: lazy(() => import("./BackgroundPage").then((file) => ({ default: file.BackgroundPage }))),
    },
  ],
};
