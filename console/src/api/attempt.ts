/** What makes a second sending of the same wish the same wish: the server does it once. */
export function newKey(): string {
  // crypto.randomUUID exists on secure pages alone, and a shop's own network may have none.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function underKey(key: string) {
  return { header: { "Idempotency-Key": key } };
}
