/** Filters by custom fields stand in one part of the address: `shoe_min=40&metal=gold`. */
export function readFilter(text: string): Record<string, string> {
  return Object.fromEntries([...new URLSearchParams(text)].filter(([, value]) => value !== ""));
}

export function writeFilter(asked: Record<string, string>): string {
  const filled = Object.entries(asked).filter(([, value]) => value !== "");
  return new URLSearchParams(filled).toString();
}

/** What the server is asked: each name with `custom.` before it. */
export function customQuery(text: string): Record<string, string> {
  return Object.fromEntries(Object.entries(readFilter(text)).map(([key, value]) => [`custom.${key}`, value]));
}
