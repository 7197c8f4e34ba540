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
  /** Stands without the frame around it, and looks itself who is there. */
  isAlone?: boolean;
  /** The page of docs/guide that belongs to it, where it is another one than its feature's. */
  help?: string;
}

export interface Feature {
  area: Area;
  group?: Group;
  /** The page of docs/guide that belongs to its pages; without it the area has one. */
  help?: string;
  pages: FeaturePage[];
}
