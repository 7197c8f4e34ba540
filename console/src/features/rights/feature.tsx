import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const rightsFeature: Feature = {
  area: "members",
  help: "rights",
  pages: [
    {
      path: "/requests",
      title: "rights.title",
      permission: "requests.read",
      component: lazy(() => import("./RequestsPage").then((file) => ({ default: file.RequestsPage }))),
    },
    {
      path: "/requests/$id",
      permission: "requests.read",
      component: lazy(() => import("./RequestDetail").then((file) => ({ default: file.RequestDetail }))),
    },
  ],
};

export const retentionFeature: Feature = {
  area: "settings",
  group: "data",
  help: "rights",
  pages: [
    {
      path: "/settings/retention",
      title: "rights.retention.title",
      permission: "requests.read",
      component: lazy(() => import("./RetentionPage").then((file) => ({ default: file.RetentionPage }))),
    },
  ],
};
