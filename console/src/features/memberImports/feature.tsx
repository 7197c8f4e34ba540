import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const memberImportsFeature: Feature = {
  area: "settings",
  group: "data",
  help: "import-members",
  pages: [
    {
      path: "/settings/member-imports",
      title: "memberImports.title",
      permission: "member_imports.read",
      component: lazy(() =>
        import("./MemberImportList").then((file) => ({ default: file.MemberImportList })),
      ),
    },
    {
      path: "/settings/member-imports/$id",
      permission: "member_imports.read",
      component: lazy(() =>
        import("./MemberImportPage").then((file) => ({ default: file.MemberImportPage })),
      ),
    },
  ],
};
