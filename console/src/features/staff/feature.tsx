import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const staffFeature: Feature = {
  area: "settings",
  group: "people",
  help: "staff",
  pages: [
    {
      path: "/settings/staff",
      title: "staff.title",
      permission: "staff.read",
      component: lazy(() => import("./StaffList").then((file) => ({ default: file.StaffList }))),
    },
    {
      path: "/settings/roles",
      title: "staff.roles.title",
      permission: "staff.read",
      component: lazy(() => import("./RolesPage").then((file) => ({ default: file.RolesPage }))),
    },
    {
      path: "/settings/roles/$code",
      permission: "staff.read",
      component: lazy(() => import("./RolePage").then((file) => ({ default: file.RolePage }))),
    },
    {
      path: "/settings/security",
      title: "staff.security.title",
      permission: "staff.read",
      component: lazy(() => import("./SecurityPage").then((file) => ({ default: file.SecurityPage }))),
    },
    {
      path: "/settings/approvals",
      title: "staff.approvals.title",
      permission: "approvals.read",
      component: lazy(() => import("./ApprovalsPage").then((file) => ({ default: file.ApprovalsPage }))),
    },
  ],
};
