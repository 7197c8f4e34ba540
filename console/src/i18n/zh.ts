import { accounts } from "./zh/accounts";
import { backups } from "./zh/backups";
import { currencies } from "./zh/currencies";
import { finance } from "./zh/finance";
import { frame } from "./zh/frame";
import { home } from "./zh/home";
import { imports } from "./zh/imports";
import { kit } from "./zh/kit";
import { members } from "./zh/members";
import { orders } from "./zh/orders";
import { programme } from "./zh/programme";
import { rfm } from "./zh/rfm";
import { session } from "./zh/session";
import { settings } from "./zh/settings";
import { verification } from "./zh/verification";

export const zh = {
  accounts,
  backups,
  currencies,
  finance,
  frame,
  home,
  imports,
  kit,
  members,
  orders,
  programme,
  rfm,
  session,
  settings,
  verification,
};

export type Texts = typeof zh;
