import type { Column } from "../DataTable";

/** How somebody wants a column: in the order of the list of them. */
export interface ColumnSetting {
  key: string;
  width?: number | null;
  hidden?: boolean;
}

export const narrowest = 60;
export const widest = 800;

/** Columns of buttons have no title: they stay where they are, and nobody hides them. */
export function isTool<Row>(column: Column<Row>): boolean {
  return column.title === "";
}

/** All columns in the wished order: the first one stays first, new ones come after, buttons stand last. */
export function ordered<Row>(columns: Column<Row>[], settings: readonly ColumnSetting[]): Column<Row>[] {
  const [first, ...others] = columns.filter((column) => !isTool(column));
  if (!first) return columns;
  const place = new Map(settings.map(({ key }, index) => [key, index]));
  const placeOf = (column: Column<Row>) => place.get(column.key) ?? settings.length;
  return [first, ...others.sort((one, other) => placeOf(one) - placeOf(other)), ...columns.filter(isTool)];
}

/** The columns as they are shown. */
export function arranged<Row>(columns: Column<Row>[], settings: readonly ColumnSetting[]): Column<Row>[] {
  const wish = new Map(settings.map((setting) => [setting.key, setting]));
  return ordered(columns, settings)
    .filter((column, index) => index === 0 || isTool(column) || !wish.get(column.key)?.hidden)
    .map((column, index) => {
      const width = wish.get(column.key)?.width;
      return { ...column, ...(width ? { chosenWidth: width } : {}), isFixed: index === 0 || column.isFixed };
    });
}

/** One setting for each column, in the order they stand in now; what is not said is as usual. */
export function settingsOf<Row>(columns: Column<Row>[], settings: readonly ColumnSetting[]): ColumnSetting[] {
  const wish = new Map(settings.map((setting) => [setting.key, setting]));
  return ordered(columns, settings)
    .filter((column) => !isTool(column))
    .map(({ key }) => ({
      key,
      width: wish.get(key)?.width ?? null,
      hidden: wish.get(key)?.hidden ?? false,
    }));
}

/** A column moved by one place or to a place; the first one stays. */
export function moved(settings: readonly ColumnSetting[], key: string, to: number): ColumnSetting[] {
  const from = settings.findIndex((setting) => setting.key === key);
  const target = Math.max(1, Math.min(settings.length - 1, to));
  const setting = settings[from];
  if (!setting || from === 0) return [...settings];
  const others = settings.filter((_, index) => index !== from);
  return [...others.slice(0, target), setting, ...others.slice(target)];
}

export function changed(
  settings: readonly ColumnSetting[],
  key: string,
  change: Partial<ColumnSetting>,
): ColumnSetting[] {
  return settings.map((setting) => (setting.key === key ? { ...setting, ...change } : setting));
}

export function widthWithin(width: number): number {
  return Math.round(Math.max(narrowest, Math.min(widest, width)));
}

/** What was kept may be older than the screen, or damaged. */
export function readSettings(value: unknown): ColumnSetting[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (one): one is ColumnSetting => typeof one === "object" && one !== null && typeof one.key === "string",
  );
}
