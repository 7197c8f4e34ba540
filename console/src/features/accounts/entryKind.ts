import { useTranslation } from "react-i18next";
import type { EntryKind } from "../../api/contract";

const known: Record<EntryKind, true> = {
  earn: true,
  take_back: true,
  expire: true,
  spend: true,
  restore: true,
  adjust: true,
  hold: true,
  capture: true,
  release: true,
  mature: true,
  cancel: true,
  transfer: true,
  refresh: true,
};

/** The ledger may learn new kinds before an open console does. */
export function useEntryKind(): (kind: EntryKind) => string {
  const { t } = useTranslation();
  return (kind) => t(kind in known ? `members.points.kind.${kind}` : "members.points.kind.other");
}
