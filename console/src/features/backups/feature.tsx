import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const backupsFeature: Feature = {
  area: "settings",
  group: "system",
  help: "backup",
  pages: [
    {
      path: "/settings/backups",
      title: "backups.title",
      permission: "backups.read",
      component: lazy(() => import("./BackupsPage").then((file) => ({ default: file.BackupsPage }))),
    },
  ],
};
