import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const customFieldsFeature: Feature = {
  area: "settings",
  group: "shop",
  help: "custom-fields",
  pages: [
    {
      path: "/settings/custom-fields",
      title: "customFields.title",
      permission: "custom-fields.write",
      component: lazy(() => import("./FieldsPage").then((file) => ({ default: file.FieldsPage }))),
    },
  ],
};
