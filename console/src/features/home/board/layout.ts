/** Where a card stands on the board: columns of twelve, rows of one step. */
export interface Place {
  key: string;
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Size {
  w: number;
  h: number;
}

export const columns = 12;
export const rowPixels = 28;
export const gapPixels = 16;
const highest = 24;
const mostPlaces = 60;

/** What was kept, as far as it still makes sense: known cards, once each, inside the board. */
export function readLayout(kept: unknown, known: ReadonlyMap<string, Size>): Place[] | null {
  if (!Array.isArray(kept)) return null;
  const seen = new Set<string>();
  const places: Place[] = [];
  for (const one of kept.slice(0, mostPlaces)) {
    const place = readPlace(one, known);
    if (!place || seen.has(place.key)) continue;
    seen.add(place.key);
    places.push(place);
  }
  return places;
}

function readPlace(kept: unknown, known: ReadonlyMap<string, Size>): Place | null {
  const { key, x, y, w, h } = (kept ?? {}) as Record<string, unknown>;
  const least = typeof key === "string" ? known.get(key) : undefined;
  if (!least || ![x, y, w, h].every((value) => Number.isInteger(value))) return null;
  const wide = within(w as number, least.w, columns);
  return {
    key: key as string,
    x: within(x as number, 0, columns - wide),
    y: within(y as number, 0, 1_000),
    w: wide,
    h: within(h as number, least.h, highest),
  };
}

/** From the top, each row from the left: the order in which a phone shows them and a keyboard meets them. */
export function inOrder(places: readonly Place[]): Place[] {
  return places.toSorted((a, b) => a.y - b.y || a.x - b.x);
}

/** A card more, below everything else. */
export function withCard(places: readonly Place[], key: string, usual: Size): Place[] {
  const bottom = Math.max(0, ...places.map(({ y, h }) => y + h));
  return [...places, { key, x: 0, y: bottom, ...usual }];
}

export function withoutCard(places: readonly Place[], key: string): Place[] {
  return places.filter((place) => place.key !== key);
}

/** Makes a card wider or higher by steps, or moves it, and never out of the board. */
export function changed(
  places: readonly Place[],
  key: string,
  by: Partial<Omit<Place, "key">>,
  least: Size,
): Place[] {
  return places.map((place) => {
    if (place.key !== key) return place;
    const w = within(place.w + (by.w ?? 0), least.w, columns);
    const h = within(place.h + (by.h ?? 0), least.h, highest);
    const x = within(place.x + (by.x ?? 0), 0, columns - w);
    return { key, w, h, x, y: Math.max(0, place.y + (by.y ?? 0)) };
  });
}

function within(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
