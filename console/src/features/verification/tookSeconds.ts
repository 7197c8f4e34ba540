import type { Verification } from "../../api/contract";

export function tookSeconds(one: Pick<Verification, "started_at" | "finished_at">): number | null {
  return one.finished_at ? (Date.parse(one.finished_at) - Date.parse(one.started_at)) / 1000 : null;
}
