import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const consentFeature: Feature = {
  area: "settings",
  group: "data",
  help: "consent",
  pages: [
    {
      path: "/settings/consent",
      title: "consent.title",
      permission: "consents.read",
      component: lazy(() => import("./ConsentPage").then((file) => ({ default: file.ConsentPage }))),
    },
  ],
};
