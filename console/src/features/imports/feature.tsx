import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const importsFeature: Feature = {
  area: "settings",
  group: "data",
  help: "import-orders",
  pages: [
    {
      path: "/settings/imports",
      title: "imports.title",
      permission: "imports.read",
      component: lazy(() => import("./ImportList").then((file) => ({ default: file.ImportList }))),
    },
    {
      path: "/settings/imports/$id",
      permission: "imports.read",
      component: lazy(() => import("./ImportPage").then((file) => ({ default: file.ImportPage }))),
    },
  ],
};

export const returnsFeature: Feature = {
  area: "sales",
  help: "import-orders",
  pages: [
    {
      path: "/sales/returns",
      title: "returns.title",
      permission: "imports.read",
      component: lazy(() => import("./ReturnsPage").then((file) => ({ default: file.ReturnsPage }))),
    },
  ],
};
