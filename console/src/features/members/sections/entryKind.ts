import { useTranslation } from "react-i18next";

const known = [
  "earn",
  "take_back",
  "expire",
  "spend",
  "restore",
  "cancel",
  "adjust",
  "hold",
  "capture",
  "release",
  "transfer",
  "merge",
  "mature",
  "repay",
] as const;

/** The ledger may learn new kinds before the console does. */
export function useEntryKind(): (kind: string) => string {
  const { t } = useTranslation();
  return (kind) => t(`members.points.kind.${known.find((one) => one === kind) ?? "other"}`);
}
