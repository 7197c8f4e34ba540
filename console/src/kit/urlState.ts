/** What a view shows lives in its address. Values are plain texts; what equals its default is left out. */

export type UrlState = Record<string, string>;

export function readUrl<State extends UrlState>(search: Record<string, unknown>, defaults: State): State {
  const state: UrlState = { ...defaults };
  for (const key of Object.keys(defaults)) {
    const value = search[key];
    if (typeof value === "string") state[key] = value;
  }
  return state as State;
}

/** Keys that belong to someone else on the same page are kept. */
export function writeUrl<State extends UrlState>(
  search: Record<string, unknown>,
  patch: Partial<State>,
  defaults: State,
): Record<string, string> {
  const next: Record<string, string> = {};
  for (const [key, value] of Object.entries({ ...search, ...patch })) {
    if (typeof value === "string" && value !== (defaults[key] ?? "")) next[key] = value;
  }
  return next;
}

export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== "") query.set(key, String(value));
  }
  // Commas and colons are legal in a query and far easier to read than %2C and %3A.
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text ? `?${text}` : "";
}

/** An address within another one may bring a second question mark. */
export function splitAddress(address: string): { path: string; query: string } {
  const mark = address.indexOf("?");
  return mark < 0
    ? { path: address, query: "" }
    : { path: address.slice(0, mark), query: address.slice(mark + 1) };
}

export function asNumber(text: string): number | undefined {
  if (text.trim() === "") return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
