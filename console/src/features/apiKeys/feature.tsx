import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const apiKeysFeature: Feature = {
  area: "settings",
  group: "integrations",
  help: "api-keys",
  pages: [
    {
      path: "/settings/api-keys",
      title: "apiKeys.title",
      permission: "api_keys.read",
      component: lazy(() => import("./ApiKeysPage").then((file) => ({ default: file.ApiKeysPage }))),
    },
  ],
};
