import type { ReactNode } from "react";

export type ChoiceGroup =
  | "recent"
  | "members"
  | "orders"
  | "coupons"
  | "templates"
  | "products"
  | "employees"
  | "stores"
  | "actions"
  | "pages"
  | "help";

/** One row of the palette. */
export interface Choice {
  group: ChoiceGroup;
  key: string;
  content: ReactNode;
  /** Where it leads, or what it does. */
  to?: string;
  run?: () => void;
  /** How it is remembered among what was opened lately: never by a name or a code of somebody. */
  remembered?: string;
}
