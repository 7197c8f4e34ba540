import { lazy } from "react";
import type { Feature } from "../../app/feature";

export const financeFeature: Feature = {
  area: "loyalty",
  group: "points",
  help: "statements",
  pages: [
    {
      path: "/finance/liability",
      title: "finance.liability.title",
      permission: "points.read",
      component: lazy(() => import("./LiabilityPage").then((file) => ({ default: file.LiabilityPage }))),
    },
    {
      path: "/finance/adjustments",
      help: "points",
      title: "finance.adjustments.title",
      permission: "points.read",
      component: lazy(() => import("./AdjustmentsPage").then((file) => ({ default: file.AdjustmentsPage }))),
    },
    {
      path: "/finance/verification",
      help: "verify-ledger",
      title: "verification.title",
      permission: "ledger.verify",
      component: lazy(() =>
        import("../verification/VerificationPage").then((file) => ({ default: file.VerificationPage })),
      ),
    },
  ],
};
