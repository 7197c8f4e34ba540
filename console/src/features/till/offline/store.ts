import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Product } from "../../../api/products";
import type { KeptSale } from "./queue";

interface TillData extends DBSchema {
  sales: { key: string; value: KeptSale };
  products: { key: string; value: Product & { pass: string } };
  facts: { key: string; value: unknown };
}

let opened: Promise<IDBPDatabase<TillData>> | undefined;

/** What the till keeps in this browser: sales that the server does not have yet, products, and a few facts. */
export function data(): Promise<IDBPDatabase<TillData>> {
  opened ??= openDB<TillData>("shuke-till", 1, {
    upgrade(database) {
      database.createObjectStore("sales", { keyPath: "key" });
      database.createObjectStore("products", { keyPath: "code" });
      database.createObjectStore("facts");
    },
    // Closed by the browser: the next question opens it again.
    terminated: () => {
      opened = undefined;
    },
  }).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("shuke-till");
const listeners = new Set<() => void>();

/** Hears of every change of the kept sales, in this tab and in others. */
export function onSales(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}

channel?.addEventListener("message", tell);

function changed(): void {
  tell();
  channel?.postMessage("sales");
}

export async function keptSales(): Promise<KeptSale[]> {
  return (await data()).getAll("sales");
}

/** On the disk when it returns: a power cut after that loses nothing. */
export async function keep(sale: KeptSale): Promise<void> {
  const writing = (await data()).transaction("sales", "readwrite", { durability: "strict" });
  await Promise.all([writing.store.put(sale), writing.done]);
  changed();
}

/** Moves sales on, each only if it is still as it was seen: another tab or a person may have been faster. */
export async function move(moves: { seen: KeptSale; next: KeptSale | null }[]): Promise<void> {
  const writing = (await data()).transaction("sales", "readwrite", { durability: "strict" });
  for (const { seen, next } of moves) {
    const now = await writing.store.get(seen.key);
    if (now?.revision !== seen.revision) continue;
    if (next?.key !== seen.key) await writing.store.delete(seen.key);
    if (next) await writing.store.put(next);
  }
  await writing.done;
  changed();
}

export async function fact<Value>(key: string): Promise<Value | undefined> {
  return (await (await data()).get("facts", key)) as Value | undefined;
}

export async function keepFact(key: string, value: unknown): Promise<void> {
  await (await data()).put("facts", value, key);
}

export async function forgetFacts(keys: string[]): Promise<void> {
  const writing = (await data()).transaction("facts", "readwrite");
  await Promise.all([...keys.map((key) => writing.store.delete(key)), writing.done]);
}
