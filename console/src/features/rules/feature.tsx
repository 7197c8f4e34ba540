import { lazy } from "react";
import type { Feature } from "../../app/feature";

const editor = () => import("./EditRule");

export const rulesFeature: Feature = {
  area: "loyalty",
  group: "programme",
  help: "programme",
  pages: [
    {
      path: "/loyalty/rules",
      title: "rules.title",
      permission: "earning-rules.read",
      component: lazy(() => import("./RulesPage").then((file) => ({ default: file.RulesPage }))),
    },
    {
      path: "/loyalty/rules/new",
      permission: "earning-rules.write",
      component: lazy(() => editor().then((file) => ({ default: file.AddRule }))),
    },
    {
      path: "/loyalty/rules/$code",
      permission: "earning-rules.read",
      component: lazy(() => import("./RulePage").then((file) => ({ default: file.RulePage }))),
    },
    {
      path: "/loyalty/rules/$code/edit",
      permission: "earning-rules.write",
      component: lazy(() => editor().then((file) => ({ default: file.EditRule }))),
    },
  ],
};

export const programmeFileFeature: Feature = {
  area: "loyalty",
  group: "programme",
  help: "programme",
  pages: [
    {
      path: "/loyalty/programme",
      title: "rules.programme.title",
      permission: "programme.read",
      component: lazy(() => import("./ProgrammePage").then((file) => ({ default: file.ProgrammePage }))),
    },
  ],
};
