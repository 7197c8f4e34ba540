import { accountsFeature } from "../features/accounts/feature";
import { backupsFeature } from "../features/backups/feature";
import { currenciesFeature } from "../features/currencies/feature";
import { duplicatesFeature } from "../features/duplicates/feature";
import { financeFeature } from "../features/finance/feature";
import { homeFeature } from "../features/home/feature";
import { importsFeature } from "../features/imports/feature";
import { membersFeature } from "../features/members/feature";
import { ordersFeature } from "../features/orders/feature";
import { programmeFeature } from "../features/programme/feature";
import { rfmFeature } from "../features/rfm/feature";
import { settingsFeature } from "../features/settings/feature";
import type { Feature } from "./feature";

/** The console is what stands here; the order within an area is the order of its tabs. */
export const features: Feature[] = [
  homeFeature,
  membersFeature,
  duplicatesFeature,
  accountsFeature,
  programmeFeature,
  ordersFeature,
  financeFeature,
  rfmFeature,
  importsFeature,
  currenciesFeature,
  backupsFeature,
  settingsFeature,
];
