import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const notesFeature: Feature = {
  area: "members",
  pages: [
    {
      path: "/members/follow-ups",
      title: "notes.page.title",
      permission: "notes.read",
      component: lazy(() => import("./FollowUpsPage").then((file) => ({ default: file.FollowUpsPage }))),
    },
  ],
};
