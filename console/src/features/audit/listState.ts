import type { AuditQuery } from "../../api/audit";
import { keysetDefaults } from "../../kit/keysetState";

export const noFilters = {
  q: "",
  actor: "",
  action: "",
  kind: "",
  member: "",
  result: "",
  from: "",
  to: "",
  cursor: "",
};

export const auditDefaults = { ...keysetDefaults, ...noFilters, line: "" };

export type AuditState = typeof auditDefaults;

export function hasFilters(state: AuditState): boolean {
  return Object.keys(noFilters).some((name) => name !== "cursor" && state[name as keyof AuditState] !== "");
}

/** What is asked of the server; days are days of the shop, so `startOf` knows the zone. */
export function auditQuery(state: AuditState, startOf: (day: string, later: number) => string): AuditQuery {
  const query: AuditQuery = { limit: Number(state.limit) };
  if (state.cursor) query.cursor = state.cursor;
  if (state.q) query.q = state.q;
  if (state.actor) query.actor = state.actor;
  if (state.action) query.action = state.action;
  if (state.kind) query.object_kind = state.kind;
  if (state.member) query.member = state.member;
  if (state.result === "ok" || state.result === "refused") query.result = state.result;
  if (state.from) query.since = startOf(state.from, 0);
  if (state.to) query.until = startOf(state.to, 1);
  return query;
}
