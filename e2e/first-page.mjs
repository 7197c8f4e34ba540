// How long until the first page is of use: from opening "/" with nothing kept in the browser until the home page shows
// its first figure, and until the sign-in page can be typed into. Five fresh contexts each, medians, with the
// machine's load beside them. `--trace` also tells what the browser did meanwhile.
//
//   SHUKE_E2E_URL=… SHUKE_E2E_PASSWORD=… npm run first-page [-- --trace]
import { loadavg } from "node:os";
import { chromium } from "playwright-core";
import { baseUrl, flags, password, username, wide } from "./browser.mjs";

const TIMES = 5;
const WITHIN_MS = 30_000;
const figure = () => {
  const shown = [...document.querySelectorAll("main button[aria-label]")];
  return shown.some((one) => /[0-9]{2}/.test(one.textContent ?? ""));
};
const form = () => document.querySelector("input[autocomplete=username]") !== null;

const browser = await chromium.launch({
  executablePath: process.env.SHUKE_CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: flags,
});
const isTraced = process.argv.includes("--trace");
const load = loadavg()[0];
try {
  const session = await signedIn();
  await report("home page", "/", figure, session);
  await report("sign-in page", "/sign-in", form, undefined);
} finally {
  await browser.close();
}

async function signedIn() {
  const context = await fresh();
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.locator("input[autocomplete=username]").fill(username);
  await page.locator("input[autocomplete=current-password]").fill(password);
  await page.locator("button[type=submit]").click();
  await page.locator("main#content").waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

function fresh(storageState) {
  return browser.newContext({ baseURL: baseUrl, locale: "zh-CN", viewport: wide, storageState });
}

async function report(name, path, isHere, session) {
  const runs = [];
  for (let run = 0; run < TIMES; run += 1) runs.push(await once(path, isHere, session));
  const sorted = runs.map(({ ms }) => ms).sort((one, other) => one - other);
  const { files, kilobytes, requests } = runs[0];
  console.log(
    `${name}: ${sorted[(TIMES - 1) / 2]} ms (${sorted.join(", ")}), ${files} files, ${kilobytes} kB, load ${load.toFixed(1)}`,
  );
  if (isTraced) {
    console.log(`  long tasks: ${runs[TIMES - 1].longTasks.join(", ")}`);
    for (const line of requests) console.log(`  ${line}`);
  }
}

/** One opening with nothing kept: the moment when what is waited for has been painted. */
async function once(path, isHere, session) {
  const context = await fresh(session);
  const page = await context.newPage();
  await page.addInitScript(watchLongTasks);
  await page.addInitScript(`(${noteWhen})(${isHere})`);
  const started = Date.now();
  await page.goto(path, { waitUntil: "commit" });
  await page.waitForFunction(() => window.firstSeenAt !== undefined, undefined, { timeout: WITHIN_MS });
  const seen = await page.evaluate(() => ({
    at: window.firstSeenAt,
    longTasks: window.longTasks,
    entries: performance
      .getEntriesByType("resource")
      .concat(performance.getEntriesByType("navigation"))
      .filter((entry) => performance.timeOrigin + entry.startTime <= window.firstSeenAt)
      .map((entry) => ({
        name: entry.name,
        from: Math.round(entry.startTime),
        to: Math.round(entry.responseEnd),
        bytes: entry.transferSize,
      })),
  }));
  await context.close();
  const inOrder = seen.entries.sort((one, other) => one.from - other.from);
  return {
    ms: Math.round(seen.at - started),
    files: inOrder.filter(({ name }) => !name.includes("/v1/")).length,
    kilobytes: Math.round(inOrder.reduce((sum, { bytes }) => sum + bytes, 0) / 1000),
    longTasks: seen.longTasks,
    requests: inOrder.map(({ name, from, to, bytes }) => `${from}–${to} ms ${bytes} B ${name.replace(baseUrl, "")}`),
  };
}

function watchLongTasks() {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const task of list.getEntries())
      window.longTasks.push(`${Math.round(task.startTime)} + ${Math.round(task.duration)} ms`);
  }).observe({ type: "longtask", buffered: true });
}

/** Runs in the page: looks at every frame, and counts what has been painted. */
function noteWhen(isHere) {
  const look = () => {
    if (isHere()) requestAnimationFrame(() => setTimeout(() => (window.firstSeenAt = Date.now())));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
