import type { ComponentType } from "react";
import type { TextKey } from "../i18n/keys";

export type Area =
  | "home"
  | "members"
  | "loyalty"
  | "marketing"
  | "sales"
  | "finance"
  | "insight"
  | "settings";

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
  pages: FeaturePage[];
}
