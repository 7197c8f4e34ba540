import { consent } from "./zh/consent";
import { rankings } from "./zh/rankings";
import { organization } from "./zh/organization";
import { customFields } from "./zh/customFields";
import { accounts } from "./zh/accounts";
import { backups } from "./zh/backups";
import { currencies } from "./zh/currencies";
import { duplicates, memberIdentity, memberStatus, merges } from "./zh/duplicates";
import { finance } from "./zh/finance";
import { frame } from "./zh/frame";
import { home } from "./zh/home";
import { imports } from "./zh/imports";
import { kit } from "./zh/kit";
import { members } from "./zh/members";
import { orders } from "./zh/orders";
import { programme } from "./zh/programme";
import { rfm } from "./zh/rfm";
import { rights } from "./zh/rights";
import { session } from "./zh/session";
import { settings } from "./zh/settings";
import { verification } from "./zh/verification";

export const zh = {
  accounts,
  backups,
  consent,
  currencies,
  customFields,
  duplicates,
  finance,
  frame,
  home,
  imports,
  kit,
  memberIdentity,
  memberStatus,
  members,
  merges,
  orders,
  organization,
  programme,
  rankings,
  rfm,
  rights,
  session,
  settings,
  verification,
};

export type Texts = typeof zh;
