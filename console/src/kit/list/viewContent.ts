import type { SavedViewContent } from "../../api/contract";
import type { UrlState } from "../urlState";
import type { ColumnSetting } from "./columns";

/** What people type to find one person. The server keeps none of it in a view. */
const searches = new Set(["q", "search", "member", "name", "phone", "number", "text"]);
const paging = new Set(["cursor", "limit", "sort"]);
/** In the address a tree as text, in a view the tree. */
const condition = "condition";

/** What of a list's address belongs to a view; `apart` are keys such as the open row. */
export function contentOf(
  state: UrlState,
  defaults: UrlState,
  apart: readonly string[],
  columns: readonly ColumnSetting[],
): SavedViewContent {
  const filters = Object.fromEntries(
    filterKeys(defaults, apart)
      .filter((key) => key !== condition && !searches.has(key) && state[key] !== defaults[key])
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
    condition: read(state[condition]),
  };
}

/** What the address becomes when a view is opened. */
export function patchOf(content: SavedViewContent, defaults: UrlState, apart: readonly string[]): UrlState {
  const patch: UrlState = {};
  for (const key of filterKeys(defaults, apart)) patch[key] = content.filters?.[key] ?? defaults[key] ?? "";
  // Views of earlier days hold their condition as a filter.
  if (content.condition && condition in defaults) patch[condition] = JSON.stringify(content.condition);
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
  const { condition: early, ...others } = Object.fromEntries(filters);
  const tree = sorted(content.condition ?? read(early));
  return JSON.stringify([others, content.sort ?? "", content.rows ?? null, columns, tree]);
}

function read(text: string | undefined): Record<string, unknown> | null {
  try {
    return text ? (JSON.parse(text) as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** The server gives a tree back with its keys in another order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

function filterKeys(defaults: UrlState, apart: readonly string[]): string[] {
  return Object.keys(defaults).filter((key) => !paging.has(key) && !apart.includes(key));
}
