import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const productsFeature: Feature = {
  area: "sales",
  help: "import-orders",
  pages: [
    {
      path: "/sales/products",
      title: "products.title",
      permission: "products.read",
      component: lazy(() => import("./ProductsPage").then((file) => ({ default: file.ProductsPage }))),
    },
  ],
};
