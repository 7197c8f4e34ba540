import { type ComponentType, useMemo } from "react";
import type { Dashboard, FigureKey } from "../../api/contract";
import { useSession } from "../../api/session";
import type { TextKey } from "../../i18n/keys";
import type { Size } from "./board/layout";
import { DaysChart } from "./charts/DaysChart";
import { NewMembersChart } from "./charts/NewMembersChart";
import { PointsChart } from "./charts/PointsChart";
import { SalesChart } from "./charts/SalesChart";
import { figureKeys, ordersOf } from "./figures";
import { CouponUse } from "./widgets/CouponUse";
import { FigureTile } from "./widgets/FigureTile";
import { Repurchase } from "./widgets/Repurchase";
import { TierShares } from "./widgets/TierShares";
import { TopStores } from "./widgets/TopStores";
import { ValueMap } from "./widgets/ValueMap";
import { WaitingWork } from "./widgets/WaitingWork";

export interface WidgetProps {
  dashboard: Dashboard;
  /** The key of the card that shows it. */
  card: string;
}

/** A card that the home page can have. */
export interface Widget {
  key: string;
  kind: "figure" | "chart" | "list";
  title: TextKey;
  about: TextKey;
  least: Size;
  usual: Size;
  permission?: string;
  /** The part of the dashboard that it draws, as the server gives it out for spreadsheets. */
  file?: "figures" | "days" | "months" | "tiers" | "stores";
  list?: (dashboard: Dashboard) => { to: string; label: TextKey };
  Component: ComponentType<WidgetProps>;
}

const chart = { kind: "chart", least: { w: 4, h: 6 }, usual: { w: 6, h: 8 } } as const;
const orders = (dashboard: Dashboard) => ({ to: ordersOf(dashboard), label: "home.list.orders" as const });

const widgets: readonly Widget[] = [
  ...figureKeys.map(figureWidget),
  {
    ...chart,
    key: "sales",
    title: "home.chart.sales",
    about: "home.about.sales",
    file: "months",
    list: orders,
    Component: SalesChart,
  },
  {
    ...chart,
    key: "days",
    title: "home.chart.days",
    about: "home.about.days",
    file: "days",
    list: orders,
    Component: DaysChart,
  },
  {
    ...chart,
    key: "points",
    title: "home.chart.points",
    about: "home.about.points",
    file: "months",
    Component: PointsChart,
  },
  {
    ...chart,
    key: "newMembers",
    title: "home.chart.newMembers",
    about: "home.about.newMembers",
    file: "months",
    list: () => ({ to: "/members?sort=-joined_at", label: "home.list.new_members" }),
    Component: NewMembersChart,
  },
  {
    key: "rfm",
    kind: "chart",
    title: "home.chart.rfm",
    about: "home.about.rfm",
    least: { w: 4, h: 9 },
    usual: { w: 6, h: 11 },
    list: () => ({ to: "/insight/rfm", label: "home.list.rfm" }),
    Component: ValueMap,
  },
  {
    key: "tiers",
    kind: "list",
    title: "home.chart.tiers",
    about: "home.about.tiers",
    least: { w: 3, h: 5 },
    usual: { w: 4, h: 8 },
    file: "tiers",
    list: () => ({ to: "/members?sort=-tier_rank", label: "home.list.members" }),
    Component: TierShares,
  },
  {
    key: "repurchase",
    kind: "chart",
    title: "home.chart.repurchase",
    about: "home.definition.repurchase_rate",
    least: { w: 4, h: 5 },
    usual: { w: 6, h: 5 },
    Component: Repurchase,
  },
  {
    key: "stores",
    kind: "list",
    title: "home.chart.stores",
    about: "home.about.stores",
    least: { w: 4, h: 5 },
    usual: { w: 6, h: 6 },
    file: "stores",
    list: () => ({ to: "/insight/rankings", label: "home.list.rankings" }),
    Component: TopStores,
  },
  {
    key: "coupons",
    kind: "list",
    title: "home.chart.coupons",
    about: "home.about.coupons",
    least: { w: 3, h: 5 },
    usual: { w: 4, h: 5 },
    permission: "coupons.read",
    list: () => ({ to: "/loyalty/coupon-figures", label: "home.list.coupons" }),
    Component: CouponUse,
  },
  {
    key: "work",
    kind: "list",
    title: "home.chart.work",
    about: "home.about.work",
    least: { w: 3, h: 5 },
    usual: { w: 4, h: 7 },
    Component: WaitingWork,
  },
];

function figureWidget(key: FigureKey): Widget {
  return {
    key,
    kind: "figure",
    title: `home.figure.${key}`,
    about: `home.definition.${key}`,
    least: { w: 2, h: 3 },
    usual: { w: 2, h: 3 },
    file: "figures",
    Component: FigureTile,
  };
}

/** The cards that the signed-in person may have. */
export function useWidgets(): readonly Widget[] {
  const { data: session } = useSession();
  return useMemo(
    () => widgets.filter(({ permission }) => !permission || session?.permissions.includes(permission)),
    [session?.permissions],
  );
}
