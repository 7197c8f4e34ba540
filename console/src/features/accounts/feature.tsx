import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const accountsFeature: Feature = {
  area: "members",
  help: "points",
  pages: [
    {
      path: "/members/$id/statement",
      help: "statements",
      permission: "points.read",
      component: lazy(() =>
        import("./statement/StatementPage").then((file) => ({ default: file.StatementPage })),
      ),
    },
  ],
};
