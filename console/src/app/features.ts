import { accountsFeature } from "../features/accounts/feature";
import { apiKeysFeature } from "../features/apiKeys/feature";
import { auditFeature } from "../features/audit/feature";
import { backupsFeature } from "../features/backups/feature";
import { benefitsFeature } from "../features/benefits/feature";
import { checkoutFeature } from "../features/checkout/feature";
import { consentFeature } from "../features/consent/feature";
import { couponsFeature } from "../features/coupons/feature";
import { heldCouponsFeature } from "../features/coupons/holding/feature";
import { couponRedeemFeature } from "../features/coupons/redeem/feature";
import { couponReportsFeature } from "../features/coupons/reports/feature";
import { currenciesFeature } from "../features/currencies/feature";
import { customFieldsFeature } from "../features/customFields/feature";
import { duplicatesFeature } from "../features/duplicates/feature";
import { exportsFeature } from "../features/exports/feature";
import { financeFeature } from "../features/finance/feature";
import { homeFeature } from "../features/home/feature";
import { importsFeature, returnsFeature } from "../features/imports/feature";
import { memberImportsFeature } from "../features/memberImports/feature";
import { bulkFeature } from "../features/members/bulk/feature";
import { membersFeature } from "../features/members/feature";
import { notesFeature } from "../features/notes/feature";
import { noticesFeature } from "../features/notices/feature";
import { operationsFeature } from "../features/operations/feature";
import { ordersFeature } from "../features/orders/feature";
import { organizationFeature } from "../features/organization/feature";
import { productsFeature } from "../features/products/feature";
import { programmeFeature } from "../features/programme/feature";
import { rankingsFeature } from "../features/rankings/feature";
import { rfmFeature } from "../features/rfm/feature";
import { retentionFeature, rightsFeature } from "../features/rights/feature";
import { programmeFileFeature, rulesFeature } from "../features/rules/feature";
import { settingsFeature } from "../features/settings/feature";
import { staffFeature } from "../features/staff/feature";
import { tillFeature } from "../features/till/feature";
import type { Feature } from "./feature";

/** The console is what stands here; the order within an area is the order of its tabs. */
export const features: Feature[] = [
  homeFeature,
  membersFeature,
  bulkFeature,
  notesFeature,
  duplicatesFeature,
  rightsFeature,
  accountsFeature,
  rulesFeature,
  programmeFeature,
  benefitsFeature,
  couponsFeature,
  heldCouponsFeature,
  couponReportsFeature,
  checkoutFeature,
  ordersFeature,
  tillFeature,
  couponRedeemFeature,
  returnsFeature,
  productsFeature,
  financeFeature,
  programmeFileFeature,
  rfmFeature,
  rankingsFeature,
  organizationFeature,
  customFieldsFeature,
  memberImportsFeature,
  importsFeature,
  exportsFeature,
  currenciesFeature,
  consentFeature,
  retentionFeature,
  apiKeysFeature,
  settingsFeature,
  operationsFeature,
  auditFeature,
  backupsFeature,
  staffFeature,
  noticesFeature,
];
