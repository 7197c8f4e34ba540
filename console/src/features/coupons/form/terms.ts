import type { Condition } from "../../../kit/conditions";
import type { Kind } from "../kinds";

/** Terms as the form holds them. Everything may be missing while somebody is still writing. */
export interface Discount {
  kind: Kind;
  off_minor?: number | null;
  repeats?: boolean;
  most_minor?: number | null;
  percent?: number | null;
  steps?: Step[];
  price_minor?: number | null;
  most_pieces?: number | null;
  products?: string[];
  pieces?: number | null;
  nth?: number | null;
  most_times?: number | null;
}

export interface Step {
  from_minor: number | null;
  off_minor: number | null;
}

export interface Threshold {
  counts?: "amount" | "pieces";
  of?: "eligible" | "order";
  least?: number | null;
}

export interface Scope {
  products?: string[];
  categories?: string[];
  brands?: string[];
  not_products?: string[];
  not_categories?: string[];
  not_brands?: string[];
  stores?: string[];
  sources?: string[];
  tiers?: string[];
  members?: Condition | null;
}

export interface Validity {
  kind?: "fixed" | "relative";
  first_day?: string | null;
  last_day?: string | null;
  after_days?: number | null;
  days?: number | null;
  weekdays?: number[];
  hours?: string[];
}

export interface OnRefund {
  whole?: "give_back" | "give_back_if_valid" | "lost";
  part?: "wait" | "give_back" | "lost";
  grace_days?: number | null;
}

export interface Transfer {
  is_allowed?: boolean;
  days_to_accept?: number | null;
  most_times?: number | null;
}

export interface LocalText {
  zh?: string;
  en?: string;
}

export interface Texts {
  title?: LocalText;
  rules?: LocalText;
  pictures?: string[];
}

export interface TermsValue {
  discount?: Discount;
  threshold?: Threshold;
  scope?: Scope;
  validity?: Validity;
  on_refund?: OnRefund;
  transfer?: Transfer;
  category?: string;
  texts?: Texts;
}

/** What a section of the form gets: its part, and how to change it. */
export interface PartProps<Part> {
  value: Part;
  onChange: (value: Part) => void;
}

/** Ranges of hours as pickers want them: "09:30-14:00" and back. */
export function spanOf(hours: string): [string, string] {
  const [from = "00:00", until = "00:00"] = hours.split("-");
  return [from, until];
}

export function hoursOf(from: string, until: string): string {
  return `${from}-${until}`;
}
