import { keptSales } from "./store";

/** Made by the build (`vite.config.ts`): it keeps the till's own files, and nothing the server answers. */
const script = "/till-worker.js";
const scope = "/till";

/**
 * Keeps the till's files in this browser, so that it opens without the network.
 *
 * A newer till that has come meanwhile takes over when the page is opened and no sale waits: sales are sent by the
 * program that kept them.
 */
export async function keepTill(): Promise<void> {
  // A browser that runs out of room must not throw away sales that the server does not have yet.
  void navigator.storage?.persist?.().catch(() => undefined);
  // Only secure addresses have service workers; elsewhere the till needs the server to open, and goes on once open.
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register(script, { scope });
  await takeNewer(registration);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      // The page that has just been opened has nothing in hand yet.
      if (coming.state === "installed" && performance.now() < justOpenedMs) void takeNewer(registration);
    });
  });
}

const justOpenedMs = 8_000;

async function takeNewer(registration: ServiceWorkerRegistration): Promise<void> {
  const { waiting } = registration;
  // Without a controller this is the first one, and it needs no reload.
  if (!waiting || !navigator.serviceWorker.controller) return;
  if ((await keptSales()).length > 0) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => window.location.reload(), {
    once: true,
  });
  waiting.postMessage({ type: "SKIP_WAITING" });
}
