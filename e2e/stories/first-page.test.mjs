import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, signIn } from "../browser.mjs";

let browser;
before(async () => {
  browser = await openBrowser();
  await signIn(browser.page);
});
after(() => browser.close());

test("the home page comes in few files, and asks each of its questions once", async () => {
  const { page, complaints } = browser;
  const seen = [];
  const note = (request) => seen.push(request.url().replace(/^https?:\/\/[^/]+/, ""));
  page.on("request", note);

  await page.goto("/");
  await page.locator("main button[aria-label]").filter({ hasText: /[0-9]/ }).first().waitFor();
  page.off("request", note);

  const scripts = seen.filter((path) => path.startsWith("/assets/"));
  assert.ok(scripts.length <= 25, `${scripts.length} files:\n${scripts.join("\n")}`);
  const questions = ["/v1/session", "/v1/session/settings", "/v1/system", "/v1/dashboard?compare=previous"];
  for (const question of questions) {
    assert.equal(seen.filter((path) => path === question).length, 1, question);
  }
  assert.deepEqual(complaints, []);
});

test("what a page needs comes compressed, and stays in the browser", async () => {
  const { page } = browser;
  const document = await page.request.get("/");
  const script = /src="(\/assets\/vendor-[^"]+)"/.exec(await document.text())[1];

  const answer = await page.request.get(script, { headers: { "Accept-Encoding": "gzip" } });

  assert.equal(answer.headers()["content-encoding"], "gzip");
  assert.match(answer.headers()["cache-control"], /immutable/);
  assert.equal(document.headers()["cache-control"], "no-cache");
});
