import { accounts } from "./zh/accounts";
import { activities } from "./zh/activities";
import { apiKeys } from "./zh/apiKeys";
import { audit } from "./zh/audit";
import { backups } from "./zh/backups";
import { benefits } from "./zh/benefits";
import { bulk } from "./zh/bulk";
import { checkout } from "./zh/checkout";
import { conditions } from "./zh/conditions";
import { consent } from "./zh/consent";
import { couponBatches } from "./zh/couponBatches";
import { couponHolding } from "./zh/couponHolding";
import { couponIssue } from "./zh/couponIssue";
import { couponRedeem } from "./zh/couponRedeem";
import { couponReports } from "./zh/couponReports";
import { couponRush } from "./zh/couponRush";
import { coupons } from "./zh/coupons";
import { currencies } from "./zh/currencies";
import { customFields } from "./zh/customFields";
import { duplicates, memberIdentity, memberStatus, merges } from "./zh/duplicates";
import { exports } from "./zh/exports";
import { finance } from "./zh/finance";
import { frame } from "./zh/frame";
import { help } from "./zh/help";
import { home } from "./zh/home";
import { imports, returns } from "./zh/imports";
import { kit } from "./zh/kit";
import { list } from "./zh/list";
import { memberImports } from "./zh/memberImports";
import { members } from "./zh/members";
import { notes } from "./zh/notes";
import { notices } from "./zh/notices";
import { operations } from "./zh/operations";
import { orders } from "./zh/orders";
import { organization } from "./zh/organization";
import { products } from "./zh/products";
import { programme } from "./zh/programme";
import { rankings } from "./zh/rankings";
import { rfm } from "./zh/rfm";
import { rights } from "./zh/rights";
import { rules } from "./zh/rules";
import { search } from "./zh/search";
import { session } from "./zh/session";
import { settings } from "./zh/settings";
import { signUp } from "./zh/signUp";
import { staff } from "./zh/staff";
import { till } from "./zh/till";
import { tillDesk } from "./zh/tillDesk";
import { tour } from "./zh/tour";
import { verification } from "./zh/verification";

export const zh = {
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

export type Texts = typeof zh;
