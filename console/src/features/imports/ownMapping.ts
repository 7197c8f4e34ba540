import type { MappingIn } from "../../api/imports";

/** What a column can be, in the order in which people look for it. */
export const needed = ["number", "placed_at", "product", "quantity", "unit_price"] as const;
export const optional = [
  "customer",
  "product_name",
  "store",
  "category",
  "brand",
  "kind",
  "payment",
  "points_paid",
  "coupon_paid",
] as const;

export type Field = (typeof needed)[number] | (typeof optional)[number];
export type Columns = Partial<Record<Field, string>>;

export const dateOrders = ["ymd", "dmy", "mdy"] as const;
export type DateOrder = (typeof dateOrders)[number];

const days: Record<DateOrder, string[]> = {
  ymd: ["%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"],
  dmy: ["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"],
  mdy: ["%m/%d/%Y", "%m.%d.%Y", "%m-%d-%Y"],
};

/** Every way to write a day in this order, with and without a time. */
export function dateFormats(order: DateOrder): string[] {
  return days[order].flatMap((day) => [`${day} %H:%M:%S`, `${day} %H:%M`, day]);
}

export function isWhole(columns: Columns): boolean {
  return needed.every((field) => columns[field]);
}

export function mappingOf(
  name: string,
  source: string,
  columns: Columns,
  order: DateOrder,
  refundPrefix: string,
): MappingIn {
  const chosen = Object.fromEntries(Object.entries(columns).filter(([, column]) => column));
  return {
    name: { zh: name, en: name },
    source,
    columns: chosen,
    date_formats: dateFormats(order),
    refund_prefix: refundPrefix.trim() || null,
  } as MappingIn;
}
