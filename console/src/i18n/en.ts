import { accounts } from "./en/accounts";
import { activities } from "./en/activities";
import { apiKeys } from "./en/apiKeys";
import { audit } from "./en/audit";
import { backups } from "./en/backups";
import { benefits } from "./en/benefits";
import { bulk } from "./en/bulk";
import { checkout } from "./en/checkout";
import { conditions } from "./en/conditions";
import { consent } from "./en/consent";
import { couponBatches } from "./en/couponBatches";
import { couponHolding } from "./en/couponHolding";
import { couponIssue } from "./en/couponIssue";
import { couponRedeem } from "./en/couponRedeem";
import { couponReports } from "./en/couponReports";
import { couponRush } from "./en/couponRush";
import { coupons } from "./en/coupons";
import { currencies } from "./en/currencies";
import { customFields } from "./en/customFields";
import { duplicates, memberIdentity, memberStatus, merges } from "./en/duplicates";
import { exports } from "./en/exports";
import { finance } from "./en/finance";
import { frame } from "./en/frame";
import { help } from "./en/help";
import { home } from "./en/home";
import { imports, returns } from "./en/imports";
import { kit } from "./en/kit";
import { list } from "./en/list";
import { memberImports } from "./en/memberImports";
import { members } from "./en/members";
import { notes } from "./en/notes";
import { notices } from "./en/notices";
import { operations } from "./en/operations";
import { orders } from "./en/orders";
import { organization } from "./en/organization";
import { products } from "./en/products";
import { programme } from "./en/programme";
import { rankings } from "./en/rankings";
import { rfm } from "./en/rfm";
import { rights } from "./en/rights";
import { rules } from "./en/rules";
import { search } from "./en/search";
import { session } from "./en/session";
import { settings } from "./en/settings";
import { signUp } from "./en/signUp";
import { staff } from "./en/staff";
import { till } from "./en/till";
import { tillDesk } from "./en/tillDesk";
import { tour } from "./en/tour";
import { verification } from "./en/verification";
import type { Texts } from "./zh";

export const en: Texts = {
  accounts,
  activities,
  apiKeys,
  audit,
  backups,
  benefits,
  bulk,
  checkout,
  conditions,
  consent,
  couponBatches,
  couponHolding,
  couponIssue,
  couponRush,
  couponRedeem,
  couponReports,
  coupons,
  currencies,
  customFields,
  duplicates,
  exports,
  finance,
  frame,
  help,
  home,
  imports,
  kit,
  list,
  memberIdentity,
  memberImports,
  memberStatus,
  members,
  merges,
  notes,
  notices,
  operations,
  orders,
  organization,
  products,
  programme,
  rankings,
  returns,
  rfm,
  rights,
  rules,
  search,
  session,
  settings,
  signUp,
  staff,
  tour,
  till,
  tillDesk,
  verification,
};
