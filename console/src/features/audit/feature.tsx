import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const auditFeature: Feature = {
  area: "settings",
  group: "system",
  help: "audit",
  pages: [
    {
      path: "/settings/audit",
      title: "audit.title",
      permission: "audit.read",
      component: lazy(() => import("./AuditPage").then((file) => ({ default: file.AuditPage }))),
    },
  ],
};
