import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const baseUrl = process.env.SHUKE_E2E_URL ?? "http://127.0.0.1:8420";
export const username = process.env.SHUKE_E2E_USER ?? "admin";
export const password = process.env.SHUKE_E2E_PASSWORD ?? "";

export const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const wide = { width: 1440, height: 900 };
export const narrow = { width: 390, height: 844 };

/** A browser of our own with a fresh profile, gone again afterwards. */
export async function openBrowser({ viewport = wide, language = "zh-CN", mode = "light" } = {}) {
  const profile = await mkdtemp(join(tmpdir(), "shuke-e2e-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.SHUKE_CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: flags,
    viewport,
    locale: language,
    timezoneId: "UTC",
    reducedMotion: "reduce",
    deviceScaleFactor: 1,
    hasTouch: viewport.width < 768,
    baseURL: baseUrl,
    acceptDownloads: true,
  });
  await context.addInitScript(
    ([chosenLanguage, chosenMode]) => {
      localStorage.setItem("shuke.language", chosenLanguage);
      localStorage.setItem("shuke.mode", chosenMode);
    },
    [language, mode],
  );
  const page = context.pages()[0] ?? (await context.newPage());
  const complaints = watch(page);
  return {
    page,
    complaints,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** Whatever the page complains about; a refused sign-in is an answer, not a fault. */
function watch(page) {
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const source = message.location().url;
    if (/\/v1\/session$/.test(source) && /401/.test(message.text())) return;
    complaints.push(`${message.type()}: ${message.text()} (${source})`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  return complaints;
}

/** Also where someone is signed in already. */
export async function signIn(page, { name = username, secret = password } = {}) {
  await page.goto("/sign-in");
  await page.locator("input[autocomplete=username], main#content").first().waitFor();
  if ((await page.locator("main#content").count()) > 0) return speakAsAsked(page);
  await page.locator("input[autocomplete=username]").fill(name);
  await page.locator("input[autocomplete=current-password]").fill(secret);
  await page.locator("button[type=submit]").click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await settled(page);
  await speakAsAsked(page);
}

/** A language is kept with the person, and somebody may have chosen another one in an earlier story. */
async function speakAsAsked(page) {
  const isOther = await page.evaluate(async () => {
    const wanted = navigator.language;
    const { user } = await (await fetch("/v1/session")).json();
    if (!user.language || user.language === wanted) return false;
    const headers = { "Content-Type": "application/json", "X-Shuke-Client": "console" };
    await fetch("/v1/session", { method: "PATCH", headers, body: JSON.stringify({ language: wanted }) });
    return true;
  });
  if (!isOther) return;
  await page.reload();
  await settled(page);
}

/** The list of members with its usual columns, whoever arranged them before. */
export async function columnsAsTheyCome(page) {
  await page.evaluate(() =>
    fetch("/v1/session/settings/list.members", { method: "DELETE", headers: { "X-Shuke-Client": "console" } }),
  );
}

/** Nothing loading any more: no skeleton on screen, and no list that still shows what was there before. */
export async function settled(page) {
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], [data-refreshing="true"]') === null);
  await page.evaluate(() => document.fonts.ready);
}
