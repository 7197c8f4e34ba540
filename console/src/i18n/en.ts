import { accounts } from "./en/accounts";
import { backups } from "./en/backups";
import { currencies } from "./en/currencies";
import { finance } from "./en/finance";
import { frame } from "./en/frame";
import { home } from "./en/home";
import { imports } from "./en/imports";
import { kit } from "./en/kit";
import { members } from "./en/members";
import { orders } from "./en/orders";
import { programme } from "./en/programme";
import { rfm } from "./en/rfm";
import { session } from "./en/session";
import { settings } from "./en/settings";
import { verification } from "./en/verification";
import type { Texts } from "./zh";

export const en: Texts = {
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
