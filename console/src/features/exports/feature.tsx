import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const exportsFeature: Feature = {
  area: "settings",
  group: "data",
  help: "exports",
  pages: [
    {
      path: "/settings/exports",
      title: "exports.title",
      permission: "exports.write",
      component: lazy(() => import("./ExportList").then((file) => ({ default: file.ExportList }))),
    },
  ],
};
