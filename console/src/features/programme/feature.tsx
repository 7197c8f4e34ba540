import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const programmeFeature: Feature = {
  area: "loyalty",
  group: "programme",
  help: "tiers",
  pages: [
    {
      path: "/loyalty/tiers",
      title: "programme.title",
      permission: "tiers.read",
      component: lazy(() => import("./TiersPage").then((file) => ({ default: file.TiersPage }))),
    },
    {
      path: "/loyalty/tiers/edit",
      permission: "tiers.write",
      component: lazy(() => import("./EditTiers").then((file) => ({ default: file.EditTiers }))),
    },
  ],
};
