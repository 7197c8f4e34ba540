import { useTranslation } from "react-i18next";
import { useSystem } from "../../api/system";
import { useFormat } from "../../kit/useFormat";
import { costDigits, moneyOf } from "./cost";
import { type Told, tellPolicies, type Words } from "./tell";

/** What keeps value alive may be a kind of entry, or an activity that only a connected system knows. */
export const entryKinds = ["earn", "spend", "capture", "adjust", "transfer"] as const;

/** The sentences about a currency, in the person's language. */
export function useTold(): (told: Told) => string[] {
  const { t } = useTranslation();
  const { count, day, monthDay, unitPrice } = useFormat();
  const { data: system } = useSystem();
  const money = system?.currency ?? "CNY";
  const words: Words = {
    // The keys are put together from the policies' names, so they cannot be checked one by one.
    t: t as unknown as Words["t"],
    count,
    day,
    monthDay,
    cost: (micro) => unitPrice(String(moneyOf(micro, money)), money, costDigits(money)),
    activity: (code) => {
      const kind = entryKinds.find((one) => one === code);
      return kind ? t(`members.points.kind.${kind}`) : code;
    },
    and: t("kit.and"),
  };
  return (told) => tellPolicies(told, words);
}
