import { fact, keepFact } from "./store";

/** How far the shop's clock is ahead of the browser's, in milliseconds. */
let aheadMs: number | null = null;

/** Learns the shop's time from an answer of the server. */
export function tellTime(shopNow: string): void {
  aheadMs = Date.parse(shopNow) - Date.now();
  void keepFact("clock.aheadMs", aheadMs).catch(() => undefined);
}

/** Learns again what was known before the page was loaded. */
export async function rememberTime(): Promise<void> {
  const known = await fact<number>("clock.aheadMs").catch(() => undefined);
  aheadMs ??= known ?? null;
}

/** The shop's present, also without the server: by its last word, and the browser's clock since then. */
export function shopNow(): Date {
  return new Date(Date.now() + (aheadMs ?? 0));
}
