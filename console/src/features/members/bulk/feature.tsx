import { lazy } from "react";
import type { Feature } from "../../../app/feature";

export const bulkFeature: Feature = {
  area: "members",
  help: "filter-and-bulk",
  pages: [
    {
      path: "/members/bulk",
      permission: "members.bulk",
      component: lazy(() => import("./BulkActsPage").then((file) => ({ default: file.BulkActsPage }))),
    },
  ],
};
