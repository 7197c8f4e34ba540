import { lazy } from "react";
import type { Feature } from "../../app/feature";

const form = () => import("./CurrencyForms");

export const currenciesFeature: Feature = {
  area: "settings",
  group: "shop",
  help: "points",
  pages: [
    {
      path: "/settings/currencies",
      title: "currencies.title",
      permission: "points.read",
      component: lazy(() => import("./CurrencyList").then((file) => ({ default: file.CurrencyList }))),
    },
    {
      path: "/settings/currencies/new",
      permission: "currencies.write",
      component: lazy(() => form().then((file) => ({ default: file.AddCurrency }))),
    },
    {
      path: "/settings/currencies/$code",
      permission: "currencies.write",
      component: lazy(() => form().then((file) => ({ default: file.EditCurrency }))),
    },
  ],
};
