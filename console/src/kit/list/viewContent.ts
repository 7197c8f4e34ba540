import type { SavedViewContent } from "../../api/contract";
import type { UrlState } from "../urlState";
import type { ColumnSetting } from "./columns";

/** What people type to find one person. The server keeps none of it in a view. */
const searches = new Set(["q", "search", "member", "name", "phone", "number", "text"]);
const paging = new Set(["cursor", "limit", "sort"]);

/** What of a list's address belongs to a view; `apart` are keys such as the open row. */
export function contentOf(
  state: UrlState,
  defaults: UrlState,
  apart: readonly string[],
  columns: readonly ColumnSetting[],
): SavedViewContent {
  const filters = Object.fromEntries(
    filterKeys(defaults, apart)
      .filter((key) => !searches.has(key) && state[key] !== defaults[key])
      .map((key) => [key, state[key] ?? ""]),
  );
  const rows = state.limit && state.limit !== defaults.limit ? Number(state.limit) : null;
  return {
    filters,
    sort: state.sort ?? "",
    rows: rows && rows > 0 && rows <= 200 ? rows : null,
    columns: columns.map(({ key, width, hidden }) => ({
      key,
      width: width ?? null,
      hidden: hidden ?? false,
    })),
    condition: null,
  };
}

/** What the address becomes when a view is opened. */
export function patchOf(content: SavedViewContent, defaults: UrlState, apart: readonly string[]): UrlState {
  const patch: UrlState = {};
  for (const key of filterKeys(defaults, apart)) patch[key] = content.filters?.[key] ?? defaults[key] ?? "";
  if ("sort" in defaults) patch.sort = content.sort ?? "";
  if ("limit" in defaults) patch.limit = content.rows ? String(content.rows) : (defaults.limit ?? "");
  if ("cursor" in defaults) patch.cursor = "";
  return patch;
}

/** An untouched list is an address that says nothing. */
export function isUntouched(state: UrlState, defaults: UrlState): boolean {
  return Object.keys(defaults).every((key) => state[key] === defaults[key]);
}

export function isSame(one: SavedViewContent, other: SavedViewContent): boolean {
  return told(one) === told(other);
}

function told(content: SavedViewContent): string {
  const filters = Object.entries(content.filters ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  const columns = (content.columns ?? []).map((column) => [
    column.key,
    column.width ?? null,
    column.hidden ?? false,
  ]);
  return JSON.stringify([filters, content.sort ?? "", content.rows ?? null, columns]);
}

function filterKeys(defaults: UrlState, apart: readonly string[]): string[] {
  return Object.keys(defaults).filter((key) => !paging.has(key) && !apart.includes(key));
}
