import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const accountsFeature: Feature = {
  area: "members",
  pages: [
    {
      path: "/members/$id/statement",
      permission: "points.read",
      component: lazy(() =>
        import("./statement/StatementPage").then((file) => ({ default: file.StatementPage })),
      ),
    },
  ],
};
