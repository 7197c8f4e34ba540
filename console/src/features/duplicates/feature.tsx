import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const duplicatesFeature: Feature = {
  area: "members",
  help: "duplicates",
  pages: [
    {
      path: "/members/duplicates",
      title: "duplicates.title",
      permission: "duplicates.read",
      component: lazy(() => import("./DuplicatesPage").then((file) => ({ default: file.DuplicatesPage }))),
    },
    {
      path: "/members/merges",
      title: "merges.title",
      permission: "members.merge",
      component: lazy(() =>
        import("../members/merging/MergesPage").then((file) => ({ default: file.MergesPage })),
      ),
    },
  ],
};
