import { type ComponentType, lazy } from "react";
import type { MemberOverview, OverviewSection } from "../../api/contract";
import type { TextKey } from "../../i18n/keys";
import { CustomCard } from "../customFields/CustomCard";
import { RelationsCard } from "../organization/RelationsCard";
import { DetailsCard } from "./details/DetailsCard";
import { sectionData } from "./overview";
import { Favourites } from "./sections/Favourites";
import { MemberValue } from "./sections/MemberValue";
import { PointsExpiring } from "./sections/PointsExpiring";
import { TierProgress } from "./sections/TierProgress";

export interface MemberSectionProps {
  overview: MemberOverview;
}

export interface MemberSection {
  key: string;
  title: TextKey;
  place: "tab" | "side";
  /** Shown only when the server's overview has this part. */
  needs?: OverviewSection["key"];
  permission?: string;
  /** How many there are, where that is known already. */
  count?: (overview: MemberOverview) => number | undefined;
  Component: ComponentType<MemberSectionProps>;
}

/** What a member's page is made of, in order. A module adds its part here. */
export const memberSections: readonly MemberSection[] = [
  {
    key: "timeline",
    title: "members.section.timeline",
    place: "tab",
    Component: lazy(() => import("./sections/Timeline").then((file) => ({ default: file.Timeline }))),
  },
  {
    key: "notes",
    title: "notes.tab",
    place: "tab",
    permission: "notes.read",
    count: (overview) => {
      const notes = sectionData(overview, "notes");
      return notes ? notes.notes + notes.open_follow_ups : undefined;
    },
    Component: lazy(() => import("../notes/MemberNotes").then((file) => ({ default: file.MemberNotes }))),
  },
  {
    key: "orders",
    title: "members.section.orders",
    place: "tab",
    permission: "orders.read",
    count: ({ member }) => member.order_count,
    Component: lazy(() => import("./sections/MemberOrders").then((file) => ({ default: file.MemberOrders }))),
  },
  {
    key: "points",
    title: "members.section.points",
    place: "tab",
    permission: "points.read",
    Component: lazy(() => import("./sections/MemberPoints").then((file) => ({ default: file.MemberPoints }))),
  },
  {
    key: "tier",
    title: "members.section.tier",
    place: "tab",
    permission: "tiers.read",
    Component: lazy(() => import("./sections/TierHistory").then((file) => ({ default: file.TierHistory }))),
  },
  {
    key: "activities",
    title: "activities.title",
    place: "tab",
    permission: "activities.read",
    Component: lazy(() =>
      import("../activities/MemberActivities").then((file) => ({ default: file.MemberActivities })),
    ),
  },
  {
    key: "benefits",
    title: "benefits.member.title",
    place: "tab",
    permission: "benefits.read",
    Component: lazy(() =>
      import("../benefits/MemberBenefits").then((file) => ({ default: file.MemberBenefits })),
    ),
  },
  {
    key: "coupons",
    title: "members.section.coupons",
    place: "tab",
    permission: "coupons.read",
    count: (overview) => sectionData(overview, "coupons")?.usable_count,
    Component: lazy(() =>
      import("../coupons/holding/MemberCoupons").then((file) => ({ default: file.MemberCoupons })),
    ),
  },
  {
    key: "identities",
    title: "members.section.identities",
    place: "tab",
    Component: lazy(() => import("./sections/Identities").then((file) => ({ default: file.Identities }))),
  },
  {
    key: "consent",
    title: "consent.member.title",
    place: "tab",
    permission: "consents.read",
    // Requests of the member stand there as well; those that are open want an answer.
    count: (overview) => sectionData(overview, "requests")?.open,
    Component: lazy(() =>
      import("../consent/MemberConsent").then((file) => ({ default: file.MemberConsent })),
    ),
  },
  {
    key: "audit",
    title: "members.section.audit",
    place: "tab",
    permission: "audit.read",
    Component: lazy(() => import("./sections/MemberAudit").then((file) => ({ default: file.MemberAudit }))),
  },
  { key: "details", title: "members.details.title", place: "side", Component: DetailsCard },
  {
    key: "relations",
    title: "organization.relations.title",
    place: "side",
    Component: RelationsCard,
  },
  { key: "custom", title: "customFields.values.title", place: "side", Component: CustomCard },
  { key: "progress", title: "members.progress.title", place: "side", needs: "tier", Component: TierProgress },
  {
    key: "expiring",
    title: "members.expiring.title",
    place: "side",
    needs: "points",
    Component: PointsExpiring,
  },
  { key: "value", title: "members.value.title", place: "side", needs: "value", Component: MemberValue },
  {
    key: "favourites",
    title: "members.favourites.title",
    place: "side",
    needs: "orders",
    Component: Favourites,
  },
];
