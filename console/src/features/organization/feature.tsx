import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const organizationFeature: Feature = {
  area: "settings",
  group: "shop",
  help: "stores-and-employees",
  pages: [
    {
      path: "/settings/shop",
      title: "organization.shop.title",
      permission: "settings.shop",
      component: lazy(() => import("./ShopPage").then((file) => ({ default: file.ShopPage }))),
    },
    {
      path: "/settings/stores",
      title: "organization.stores.title",
      permission: "stores.read",
      component: lazy(() => import("./StoresPage").then((file) => ({ default: file.StoresPage }))),
    },
    {
      path: "/settings/employees",
      title: "organization.employees.title",
      permission: "employees.read",
      component: lazy(() => import("./EmployeesPage").then((file) => ({ default: file.EmployeesPage }))),
    },
  ],
};
