import { useTranslation } from "react-i18next";
import type { Rule } from "../../api/rules";
import { useFormat } from "../../kit/useFormat";

/** Rules that came with the shop hold from the beginning of time; nobody wants to read 1970. */
const beginning = "1971-01-01T00:00:00Z";

export const isFromTheStart = (at: string | null) => at !== null && at < beginning;

/** From when on a rule holds, and until when, in the shop's days. */
export function useSince() {
  const { t } = useTranslation();
  const { day, dayOf } = useFormat();
  return (rule: Pick<Rule, "effective_from" | "effective_until">) => {
    const from = isFromTheStart(rule.effective_from)
      ? t("rules.fromTheStart")
      : rule.effective_from
        ? t("rules.since", { day: day(dayOf(rule.effective_from)) })
        : "";
    const until = rule.effective_until ? t("rules.untilDay", { day: day(dayOf(rule.effective_until)) }) : "";
    return [from, until].filter(Boolean).join(" · ") || "—";
  };
}
