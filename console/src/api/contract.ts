/**
 * What the server promises, written by hand in the shape openapi-typescript produces.
 * Once `npm run generate` has written schema.d.ts, `paths` comes from there and the names below become aliases of its schemas.
 */

export interface LocalName {
  zh: string;
  en: string;
}

export interface ProblemError {
  pointer: string;
  detail: string;
}

export interface Problem {
  type?: string;
  code: string;
  title: string;
  detail?: string | null;
  status: number;
  errors?: ProblemError[];
  trace_id?: string | null;
}

export interface Page<Item> {
  items: Item[];
  next: string | null;
  count?: { value: number; is_capped: boolean };
}

export interface Session {
  user: {
    id: number;
    username: string;
    display_name: string;
    is_password_temporary: boolean;
    language: "zh-CN" | "en" | null;
  };
  permissions: string[];
}

export interface System {
  version: string;
  now: string;
  today: string;
  time_zone: string;
  currency: string;
  is_demo: boolean;
  is_clock_set: boolean;
  programme: LocalName;
  shop: LocalName;
  demo_source?: string | null;
}

export interface StoreRef {
  id: number;
  name: string;
}

export interface Store extends StoreRef {
  code: string;
  country: string | null;
}

export interface TierRef {
  code: string;
  rank: number;
  name: LocalName;
  colour: string;
}

export type MemberStatus = "active" | "frozen" | "cancelled" | "erased";

export interface MemberRow {
  id: number;
  number: string;
  /** Nobody has told us, or the person was erased. */
  name: string | null;
  phone: string | null;
  is_generated: boolean;
  status: MemberStatus;
  tier: TierRef | null;
  tier_valid_until: string | null;
  points_available: number;
  points_debt: number;
  growth: number;
  order_count: number;
  net_spend_minor: number;
  currency: string;
  first_order_at: string | null;
  last_order_at: string | null;
  store: StoreRef | null;
  joined_at: string;
}

export type IdentityKind = "phone" | "email" | "card" | "external" | "wechat";

export interface Identity {
  kind: IdentityKind;
  source: string | null;
  value: string;
  is_verified: boolean;
  added_at: string;
}

export interface Member extends MemberRow {
  birthday: string | null;
  gender: "female" | "male" | null;
  language: string | null;
  identities: Identity[];
  source: { channel: string | null; store: StoreRef | null; employee: string | null } | null;
}

export interface OrdersSection {
  order_count: number;
  refund_count: number;
  net_spend_minor: number;
  average_order_minor: number;
  days_since_last_order: number | null;
  favourite_products: { code: string; name: string; quantity: string | number; amount_minor: number }[];
  currency: string;
}

export interface TierSection {
  scheme: LocalName;
  level: TierRef | null;
  since: string | null;
  valid_until: string | null;
  metric: string;
  window_days: number;
  amount_minor: number;
  currency: string;
  next: { level: TierRef; needed_minor: number } | null;
  keep: { threshold_minor: number; needed_minor: number; by: string } | null;
}

export interface ValueSection {
  rfm: { segment: SegmentCode; r: number; f: number; m: number } | null;
}

export interface OverviewSections {
  orders: OrdersSection;
  points: { accounts: Account[] };
  tier: TierSection;
  value: ValueSection;
}

export interface MemberOverview {
  member: Member;
  sections: { key: string; data: unknown }[];
}

export type TimelineKind = "order" | "refund" | "points" | "tier" | "member";

export interface TimelineItem {
  id: string;
  at: string;
  kind: TimelineKind;
  type: string;
  title: string;
  summary?: string | null;
  amount_minor?: number | null;
  points?: number | null;
  link?: { kind: string; id: string } | null;
}

export interface TierChange {
  at: string;
  from: TierRef | null;
  to: TierRef;
  reason: "promoted" | "demoted" | "kept" | "manual" | "entered";
  valid_until: string | null;
  explanation: {
    metric: string;
    amount_minor: number;
    threshold_minor: number;
    window_from: string;
    window_to: string;
    text: string;
  } | null;
}

export interface Lot {
  lot_no: number;
  amount: number;
  remaining: number;
  state: "open" | "pending" | "spent" | "expired" | "taken_back" | "cancelled" | "transferred";
  earned_on: string;
  expires_on: string | null;
  origin: { kind: "order"; number: string; order_id: number } | null;
}

export interface Account {
  currency: { code: string; name: LocalName };
  available: number;
  pending: number;
  held: number;
  debt: number;
  version: number;
  expiring: { on: string; amount: number }[];
  lots: Lot[];
}

export interface ExplanationLine {
  name: string;
  quantity: string | number;
  amount_minor: number;
  eligible_minor: number;
  why: string | null;
}

export interface Explanation {
  text: string;
  lines: ExplanationLine[];
  eligible_minor: number | null;
  rate: string | number | null;
  outcome: string | number | null;
}

export interface Entry {
  version: number;
  kind: string;
  amount: number;
  balance_after: number;
  debt_after: number;
  occurred_at: string;
  recorded_at: string;
  business_day: string;
  contra: string;
  operation: { key: string; kind: string };
  order: { id: number; number: string } | null;
  rule: { code: string; version: number; name: LocalName } | null;
  explanation: Explanation | null;
}

export interface Level extends TierRef {
  threshold_minor: number;
  member_count: number;
}

export interface Tiers {
  scheme: {
    code: string;
    name: LocalName;
    metric: string;
    window_days: number;
    validity_months: number;
    promote: string;
    demote: string;
    on_refund?: string;
  };
  levels: Level[];
}

export type OrderKind = "sale" | "refund" | "adjustment";
export type OrderStatus = "paid" | "partly_refunded" | "refunded" | "adjustment" | "refund";

export interface OrderRow {
  id: number;
  kind: OrderKind;
  number: string;
  source: string;
  placed_at: string;
  store: StoreRef | null;
  member: { id: number; number: string; name: string | null } | null;
  currency: string;
  gross_minor: number;
  net_minor: number;
  refunded_minor: number;
  line_count: number;
  status: OrderStatus;
  points: number | null;
}

export interface OrderLine {
  line_no: number;
  product: { code: string; name: string };
  quantity: string;
  unit_price: string;
  amount_minor: number;
  refunded_quantity: string;
  is_goods: boolean;
}

export type MatchHow = "same_price" | "same_product" | "named" | "unmatched";

export interface RefundMatch {
  line_no: number;
  product: { code: string; name: string };
  quantity: string;
  amount_minor: number;
  how: MatchHow;
  order: { id: number; number: string } | null;
}

export interface OrderPoints {
  account: string;
  amount: number;
  explanation: Explanation | null;
}

/** In a row `points` is the sum; in the detail it lists what the order did to each account. */
export interface Order extends Omit<OrderRow, "points"> {
  lines: OrderLine[];
  refunds: { order_id: number; number: string; at: string; amount_minor: number }[];
  matches?: RefundMatch[] | null;
  points: OrderPoints[];
}

export interface ImportMapping {
  code: string;
  name: LocalName;
  description: LocalName;
  columns: string[];
}

export interface ImportReport {
  lines_read: number;
  lines_imported: number;
  lines_unchanged: number;
  /** In the demo shop, orders after its day wait until its clock moves on. */
  lines_later?: number;
  orders: number;
  refunds: number;
  adjustments: number;
  guest_sales: number;
  members_new: number;
  products_new: number;
  stores: number;
  countries: number;
  refund_lines: Record<MatchHow, number>;
  points_earned: number;
  points_taken_back: number;
  points_expired: number;
  lines_rejected: number;
  reasons: { code: string; text: string; count: number }[];
  total_amount_minor: number;
  currency: string;
  seconds: number;
}

export type ImportState = "waiting" | "reading" | "applying" | "done" | "failed";

export interface Import {
  id: number;
  kind: string;
  file_name: string;
  file_bytes: number;
  mapping: string;
  state: ImportState;
  started_at: string | null;
  finished_at: string | null;
  progress: { done: number; total: number | null; unit: string; rate_per_second: number | null } | null;
  error: Problem | null;
  report: ImportReport | null;
}

export interface Compared {
  value: number | null;
  previous: number | null;
}

export type FigureKey =
  | "members"
  | "active_members"
  | "new_members"
  | "sales_minor"
  | "orders"
  | "average_order_minor"
  | "repurchase_rate"
  | "points_issued"
  | "points_used"
  | "points_expired"
  | "points_outstanding"
  | "member_sales_share";

export interface DashboardMonth {
  month: string;
  sales_minor: number;
  member_sales_minor: number;
  orders: number;
  new_members: number;
  points_issued: number;
  points_taken_back: number;
  points_used: number;
  points_expired: number;
}

export interface Dashboard {
  period: { from: string; to: string };
  previous: { from: string; to: string };
  currency: string;
  as_of: string;
  figures: Record<FigureKey, Compared>;
  months: DashboardMonth[];
  days: { day: string; sales_minor: number; orders: number }[];
  tiers: { tier: TierRef | null; members: number }[];
  stores: { store: StoreRef; sales_minor: number; orders: number }[];
}

export type SegmentCode =
  | "champions"
  | "loyal"
  | "potential_loyalist"
  | "new"
  | "promising"
  | "need_attention"
  | "about_to_sleep"
  | "at_risk"
  | "cannot_lose"
  | "hibernating";

export interface RfmCell {
  r: number;
  f: number;
  members: number;
  segment: SegmentCode;
}

export interface Rfm {
  as_of: string;
  members: number;
  segments: { code: SegmentCode; members: number; share: number; net_spend_minor: number }[];
  cells: RfmCell[];
  cuts: { recency_days: number[]; frequency_rank: number[] };
}

export interface ListQuery {
  limit?: number;
  cursor?: string;
  sort?: string;
  count?: "capped";
}

export interface MembersQuery extends ListQuery {
  q?: string;
  tier?: string;
  store?: number;
  status?: MemberStatus;
  spend_min?: number;
  spend_max?: number;
  points_min?: number;
  points_max?: number;
  orders_min?: number;
  orders_max?: number;
  last_order_from?: string;
  last_order_to?: string;
}

export interface OrdersQuery extends ListQuery {
  q?: string;
  kind?: OrderKind;
  store?: number;
  member?: string;
  from?: string;
  to?: string;
}

type Answer<Body> = {
  200: { content: { "application/json": Body } };
  default: { content: { "application/problem+json": Problem } };
};
type Empty = { 204: { content?: never }; default: { content: { "application/problem+json": Problem } } };
type Get<Body, Query = never, Path = never> = {
  parameters: { query?: Query; header?: never; path: Path; cookie?: never };
  responses: Answer<Body>;
};
type Plain<Body, Query = never> = {
  parameters: { query?: Query; header?: never; path?: never; cookie?: never };
  responses: Answer<Body>;
};
type Send<Request, Responses> = {
  parameters: { query?: never; header?: never; path?: never; cookie?: never };
  requestBody: { content: { "application/json": Request } };
  responses: Responses;
};
type ById = { id: number | string };

export interface paths {
  "/v1/session": {
    get: Plain<Session>;
    post: Send<{ username: string; password: string }, Answer<Session>>;
    delete: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      responses: Empty;
    };
  };
  "/v1/session/password": { post: Send<{ current_password: string; new_password: string }, Empty> };
  "/v1/system": { get: Plain<System> };
  "/v1/members": { get: Plain<Page<MemberRow>, MembersQuery> };
  "/v1/members/{id}": { get: Get<Member, never, ById> };
  "/v1/members/{id}/overview": { get: Get<MemberOverview, never, ById> };
  "/v1/members/{id}/timeline": {
    get: Get<Page<TimelineItem>, { kinds?: string; limit?: number; cursor?: string }, ById>;
  };
  "/v1/members/{id}/orders": { get: Get<Page<OrderRow>, OrdersQuery, ById> };
  "/v1/members/{id}/tier-changes": { get: Get<Page<TierChange>, ListQuery, ById> };
  "/v1/members/{id}/accounts": { get: Get<{ items: Account[] }, never, ById> };
  "/v1/members/{id}/accounts/{currency}/entries": {
    get: Get<Page<Entry>, { limit?: number; cursor?: string }, ById & { currency: string }>;
  };
  "/v1/tiers": { get: Plain<Tiers> };
  "/v1/orders": { get: Plain<Page<OrderRow>, OrdersQuery> };
  "/v1/orders/{id}": { get: Get<Order, never, ById> };
  "/v1/stores": { get: Plain<{ items: Store[] }> };
  "/v1/import-mappings": { get: Plain<{ items: ImportMapping[] }> };
  "/v1/imports": { get: Plain<Page<Import>, ListQuery> };
  "/v1/imports/{id}": { get: Get<Import, never, ById> };
  "/v1/dashboard": { get: Plain<Dashboard, { from?: string; to?: string }> };
  "/v1/analytics/rfm": { get: Plain<Rfm, { as_of?: string }> };
  "/v1/analytics/rfm/members": {
    get: Plain<Page<MemberRow>, { segment: SegmentCode; limit?: number; cursor?: string }>;
  };
}
