import type { ApiKey } from "../../api/apiKeys";

/** In one word how a key stands. */
export function stateOf(row: Pick<ApiKey, "is_live" | "disabled_at">): "live" | "disabled" | "expired" {
  if (row.is_live) return "live";
  return row.disabled_at ? "disabled" : "expired";
}
