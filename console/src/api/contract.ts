/** The server's shapes by the names that screens use. The shapes themselves are generated: `npm run generate`. */
import type { components, paths } from "./schema";

export type { paths } from "./schema";

type Shapes = components["schemas"];
type Query<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Asked } } }
  ? NonNullable<Asked>
  : never;

export type LocalName = Shapes["LocalName"];
export type Session = Shapes["SessionOut"];
export type HalfSession = Shapes["HalfSessionOut"];
export type Factors = Shapes["FactorsOut"];
export type Passkey = Shapes["PasskeyOut"];
export type StaffUser = Shapes["StaffUserOut"];
export type StaffUsersQuery = Query<"/v1/staff/users">;
export type Holdings = Shapes["Holdings"];
export type NewStaffUser = Shapes["NewUser"];
export type Role = Shapes["RoleOut"];
export type RoleWish = Shapes["RoleIn"];
export type PermissionGroup = Shapes["PermissionGroupOut"];
export type RoleView = Shapes["ViewOut"];
export type FieldView = Shapes["FieldViewOut"]["view"];
export type FieldName = Shapes["FieldViewOut"]["field"];
export type Security = Shapes["SecurityOut"];
export type SecurityWish = Shapes["SecurityIn"];
export type Provider = Shapes["ProviderOut"];
export type ProviderWish = Shapes["ProviderIn"];
export type Approval = Shapes["ApprovalOut"];
export type ApprovalsQuery = Query<"/v1/approvals">;

/** An answer of the server, or what stands for it where a proxy gave an answer without one. */
export type Problem = Pick<Shapes["Problem"], "code" | "title" | "status"> & Partial<Shapes["Problem"]>;

export type TierRef = Shapes["TierRef"];
export type MembersQuery = Query<"/v1/members">;
export type MemberRow = Shapes["MemberRow"];
export type MemberStatus = MemberRow["status"];
export type Member = Shapes["Member"];
export type NewMember = Partial<Shapes["NewMemberIn"]>;
export type ProfileChange = Partial<Shapes["ProfileIn"]>;
export type Identity = Shapes["MemberIdentity"];
export type MemberOverview = Shapes["OverviewOut"];
export type OverviewSection = Shapes["SectionOut"];
export type TimelineItem = Shapes["TimelineItem"];
export type TimelineKind = TimelineItem["kind"];

export type Lot = Shapes["LotOut"];
export type Entry = Shapes["EntryOut"];
export type EntryKind = Entry["kind"];
export type Explanation = Shapes["ExplanationOut"];
export type ExplanationLine = Shapes["ExplanationLineOut"];

export type Tiers = Shapes["TiersOut"];
export type Level = Shapes["LevelOut"];
export type TierChange = Shapes["ChangeOut"];
export type TiersWish = Shapes["TiersIn"];
export type TiersPreview = Shapes["TierPreviewOut"];
export type TierSchema = Shapes["TierSchemaOut"];
export type TierStart = Shapes["TierStartOut"];
export type MemberTier = Shapes["TierSectionOut"];
export type TierNeed = Shapes["TierNeedOut"];
export type TierGrantWish = Shapes["TierGrantIn"];

export type OrdersQuery = Query<"/v1/orders">;
export type OrderRow = Shapes["OrderRowOut"];
export type OrderKind = OrderRow["kind"];
export type OrderStatus = OrderRow["status"];
export type Order = Shapes["OrderOut"];
export type OrderLine = Shapes["LineOut"];
export type OrderPoints = Shapes["OrderPointsOut"];
export type RefundMatch = Shapes["MatchOut"];

export type Import = Shapes["ImportOut"];
export type ImportState = Import["state"];
export type ImportReport = Shapes["ReportOut"];
export type RefundLines = Shapes["RefundLinesOut"];

export type Dashboard = Shapes["DashboardOut"];
export type FigureKey = keyof Shapes["FiguresOut"];

export type Rfm = Shapes["RfmOut"];
export type RfmCell = Shapes["CellOut"];
export type SegmentCode = RfmCell["segment"];

export type Account = Shapes["AccountOut"];
export type Hold = Shapes["HoldOut"];
export type Operation = Shapes["DoneOut"];
export type Credit = Shapes["CreditIn"];
export type Debit = Shapes["DebitIn"];
export type HoldWish = Shapes["HoldIn"];
export type Release = Shapes["ReleaseIn"];
export type Reversal = Shapes["ReversalIn"];
export type Transfer = Shapes["TransferIn"];
export type AdjustmentWish = Shapes["AdjustmentIn"];
export type Adjustment = Shapes["AdjustmentOut"];
export type AdjustmentState = Adjustment["state"];
export type AdjustmentsQuery = Query<"/v1/ledger/adjustments">;

export type Currency = Shapes["CurrencyConfigOut"];
export type Policies = Shapes["PoliciesIn"];
export type NewCurrency = Shapes["CurrencyIn"];

export type Backups = Shapes["BackupsOut"];
export type Demo = Shapes["DemoOut"];
export type DemoSwitch = Shapes["DemoSwitchIn"];
export type Backup = Shapes["BackupOut"];
export type Drill = Shapes["DrillOut"];

export type Statement = Shapes["StatementOut"];
export type StatementLine = Shapes["StatementLineOut"];
export type StatementQuery = Query<"/v1/ledger/members/{member}/statement">;
export type Liabilities = Shapes["LiabilitiesOut"];
export type Liability = Shapes["LiabilityOut"];
export type LiabilityMonth = Liability["months"][number];

export type Verification = Shapes["VerificationOut"];
export type VerificationState = Verification["state"];
export type Wrong = Shapes["WrongOut"];
export type Root = Shapes["RootOut"];
export type CurrencyBalance = Shapes["CurrencyBalanceOut"];

export type Store = Shapes["StoreOut"];
export type NewStore = Shapes["StoreIn"];
export type StoreChange = Shapes["StoreChangeIn"];
export type Region = Shapes["RegionOut"];
export type NewRegion = Shapes["RegionIn"];
export type RegionChange = Shapes["RegionChangeIn"];
export type Employee = Shapes["EmployeeOut"];
export type NewEmployee = Shapes["EmployeeIn"];
export type EmployeeChange = Shapes["EmployeeChangeIn"];
export type Shop = Shapes["ShopOut"];
export type ShopChange = Shapes["ShopChangeIn"];
export type MemberTransfer = Shapes["MemberTransferOut"];
export type TransferWish = Shapes["MemberTransferIn"];
export type AttributionWish = Shapes["AttributionsIn"];
export type AttributionChange = Shapes["AttributionChangeOut"];
export type Relations = Shapes["RelationsOut"];
export type FamilyRole = Relations["family"][number]["role"];
export type Ranking = Shapes["RankingOut"];
export type Ranked = Shapes["RankedOut"];
export type RankingSort = Ranking["sort"];
export type CustomField = Shapes["CustomFieldOut"];
export type CustomFields = Shapes["CustomFieldsOut"];
export type CustomFieldKind = CustomField["kind"];
export type NewCustomField = Shapes["CustomFieldIn"];
export type CustomFieldChange = Shapes["CustomFieldChangeIn"];

export type MemberImport = Shapes["MemberImportOut"];
export type MemberImportChange = Shapes["MemberImportSettingsIn"];
export type MemberImportCounts = Shapes["MemberImportCountsOut"];
export type MemberImportLook = Shapes["MemberImportLookOut"];
export type Export = Shapes["ExportOut"];
export type SavedView = Shapes["SavedViewOut"];
export type SavedViews = Shapes["SavedViewsOut"];
export type SavedViewContent = Shapes["ViewContent"];
export type NewExport = Shapes["ExportIn"];

export type Facts = Shapes["FactsOut"];
export type Fact = Shapes["FactOut"];
export type FactOperator = Shapes["FactOperatorOut"];
export type FactArgument = Shapes["FactArgumentOut"];
export type ConditionScope = Fact["scopes"][number];

export type MemberActivity = Shapes["ActivityOut"];
export type RecordedActivity = Shapes["RecordedActivityOut"];
export type NewActivity = Shapes["MemberActivityIn"];
export type ActivityKind = MemberActivity["kind"];

export type CouponReport = Shapes["CouponReportOut"];
export type CouponFigures = Shapes["CouponFiguresOut"];
export type CouponReportQuery = Query<"/v1/coupon-reports/summary">;

export type Found = Shapes["FoundOut"];
export type ChecklistStep = Shapes["ChecklistItemOut"]["key"];

export type StaffNotice = Shapes["StaffNoticeOut"];
export type Health = Shapes["HealthOut"];
export type HealthCheck = Shapes["HealthCheckOut"];
export type QueuedJob = Shapes["QueuedJobOut"];
export type JobState = QueuedJob["state"];
export type LastRun = Shapes["LastRunOut"];
export type Schedule = Shapes["ScheduleOut"];
export type EventReader = Shapes["ReaderOut"];
export type LoggedEvent = Shapes["LoggedEventOut"];
export type LoggedEventsQuery = Query<"/v1/operations/events">;
