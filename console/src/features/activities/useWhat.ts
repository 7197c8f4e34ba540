import { useTranslation } from "react-i18next";
import type { MemberActivity } from "../../api/contract";

/** What an activity is called: its kind, or the name of a custom one. */
export function useWhat(): (activity: MemberActivity) => string {
  const { t } = useTranslation();
  return ({ kind, event }) => (kind === "custom" && event ? event : t(`activities.kind.${kind}`));
}
