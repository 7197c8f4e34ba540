import { lazy } from "react";
import type { Feature } from "../../app/feature";

const form = () => import("./BenefitForms");

export const benefitsFeature: Feature = {
  area: "loyalty",
  group: "programme",
  help: "benefits",
  pages: [
    {
      path: "/loyalty/benefits",
      title: "benefits.title",
      permission: "benefits.read",
      component: lazy(() => import("./BenefitsPage").then((file) => ({ default: file.BenefitsPage }))),
    },
    {
      path: "/loyalty/benefits/new",
      permission: "benefits.write",
      component: lazy(() => form().then((file) => ({ default: file.AddBenefit }))),
    },
    {
      path: "/loyalty/benefits/$code",
      permission: "benefits.write",
      component: lazy(() => form().then((file) => ({ default: file.EditBenefit }))),
    },
  ],
};
