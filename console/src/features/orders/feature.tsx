import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const ordersFeature: Feature = {
  area: "sales",
  help: "read-a-member",
  pages: [
    {
      path: "/sales/orders",
      title: "orders.title",
      permission: "orders.read",
      component: lazy(() => import("./OrderList").then((file) => ({ default: file.OrderList }))),
    },
    {
      path: "/sales/orders/$id",
      permission: "orders.read",
      component: lazy(() => import("./OrderPage").then((file) => ({ default: file.OrderPage }))),
    },
  ],
};
