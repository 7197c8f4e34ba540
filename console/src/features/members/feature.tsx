import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const membersFeature: Feature = {
  area: "members",
  help: "read-a-member",
  pages: [
    {
      path: "/members",
      title: "members.title",
      permission: "members.read",
      component: lazy(() => import("./MemberList").then((file) => ({ default: file.MemberList }))),
    },
    {
      path: "/members/$id",
      permission: "members.read",
      component: lazy(() => import("./MemberProfile").then((file) => ({ default: file.MemberProfile }))),
    },
  ],
};
