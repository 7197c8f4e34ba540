import type { Entry } from "../../api/contract";
import type { TextKey } from "../../i18n/keys";

/** Why an entry cannot be reversed, or null where it can. The server decides again. */
export function whyNotReversible(entry: Pick<Entry, "kind" | "operation">): TextKey | null {
  if (entry.operation.kind === "order" || entry.operation.kind === "refund")
    return "accounts.reverse.no.order";
  if (entry.operation.kind === "merge" || entry.operation.kind === "undo_merge")
    return "accounts.reverse.no.merge";
  if (entry.operation.kind === "reverse") return "accounts.reverse.no.reversal";
  switch (entry.kind) {
    case "take_back":
    case "restore":
      return "accounts.reverse.no.reversal";
    case "hold":
    case "release":
    case "expire":
    case "mature":
    case "cancel":
    case "refresh":
      return `accounts.reverse.no.${entry.kind}`;
    default:
      return null;
  }
}
