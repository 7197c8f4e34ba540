import type { ComponentType } from "react";
import type { TextKey } from "../i18n/keys";

export type Area = "home" | "members" | "loyalty" | "marketing" | "sales" | "insight" | "settings";

/** What an area with many pages is divided into. */
export type Group =
  | "programme"
  | "coupons"
  | "points"
  | "shop"
  | "people"
  | "data"
  | "integrations"
  | "system";

export interface FeaturePage {
  path: string;
  component: ComponentType;
  /** Without it every signed-in person may see the page. */
  permission?: string;
  /** Pages with a title stand in their area's menu; the others are reached from them. */
  title?: TextKey;
}

export interface Feature {
  area: Area;
  group?: Group;
  pages: FeaturePage[];
}
