import { accounts } from "./en/accounts";
import { activities } from "./en/activities";
import { apiKeys } from "./en/apiKeys";
import { audit } from "./en/audit";
import { backups } from "./en/backups";
import { benefits } from "./en/benefits";
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
import { home } from "./en/home";
import { imports, returns } from "./en/imports";
import { kit } from "./en/kit";
import { memberImports } from "./en/memberImports";
import { members } from "./en/members";
import { orders } from "./en/orders";
import { organization } from "./en/organization";
import { products } from "./en/products";
import { programme } from "./en/programme";
import { rankings } from "./en/rankings";
import { rfm } from "./en/rfm";
import { rights } from "./en/rights";
import { rules } from "./en/rules";
import { session } from "./en/session";
import { settings } from "./en/settings";
import { signUp } from "./en/signUp";
import { staff } from "./en/staff";
import { verification } from "./en/verification";
import type { Texts } from "./zh";

export const en: Texts = {
  accounts,
  activities,
  apiKeys,
  audit,
  backups,
  benefits,
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
  home,
  imports,
  kit,
  memberIdentity,
  memberImports,
  memberStatus,
  members,
  merges,
  orders,
  organization,
  products,
  programme,
  rankings,
  returns,
  rfm,
  rights,
  rules,
  session,
  settings,
  signUp,
  staff,
  verification,
};
