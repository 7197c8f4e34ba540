import { newKey } from "../../../api/attempt";
import type { Product } from "../../../api/products";
import { productPage } from "../../../api/tillProducts";
import { matching, named } from "./productSearch";
import { data, fact, keepFact } from "./store";

const freshForMs = 20 * 60_000;

let known: Promise<Product[]> | undefined;
/** Which copy `known` was read from: another tab may have made a newer one. */
let knownAt: number | undefined;
let reading: Promise<void> | undefined;

/** The product with this code or barcode, from the copy in this browser. */
export async function findProduct(code: string): Promise<Product | null> {
  return named(await all(), code);
}

/** Products whose code, barcode or name has this text in it, the nearest first. */
export async function searchProducts(text: string, most = 20): Promise<Product[]> {
  return matching(await all(), text, most);
}

/** How many products the copy has, and when it was made; null before the first one. */
export async function copyOfProducts(): Promise<{ count: number; at: number } | null> {
  const at = await fact<number>("products.at");
  return at === undefined ? null : { count: (await all()).length, at };
}

/** Makes the copy anew where it is old. Safe to call at any time; tabs do not do it at once. */
export function refreshProducts(isForced = false): Promise<void> {
  reading ??= refresh(isForced).finally(() => {
    reading = undefined;
  });
  return reading;
}

function all(): Promise<Product[]> {
  known ??= data()
    .then((database) => database.getAll("products"))
    .catch((error: unknown) => {
      known = undefined;
      throw error;
    });
  return known;
}

async function refresh(isForced: boolean): Promise<void> {
  const at = await fact<number>("products.at");
  if (at !== knownAt) known = undefined;
  knownAt = at;
  if (!isForced && at !== undefined && Date.now() - at < freshForMs) return;
  const database = await data();
  const pass = newKey();
  let cursor: string | undefined;
  do {
    const page = await productPage(cursor);
    const writing = database.transaction("products", "readwrite");
    await Promise.all(page.items.map((one) => writing.store.put({ ...one, pass })));
    await writing.done;
    cursor = page.next ?? undefined;
  } while (cursor);
  // Only a copy that came to its end takes away what is gone.
  const writing = database.transaction("products", "readwrite");
  for (const one of await writing.store.getAll()) if (one.pass !== pass) await writing.store.delete(one.code);
  await writing.done;
  knownAt = Date.now();
  await keepFact("products.at", knownAt);
  known = undefined;
}
