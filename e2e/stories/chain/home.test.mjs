import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, settled, signIn } from "../../browser.mjs";

const members = Number(process.env.SHUKE_E2E_MEMBERS ?? 20_000);
let browser;
before(async () => {
  browser = await openBrowser();
  await signIn(browser.page);
});
after(() => browser.close());

/** An answer of the program, asked as the page would ask. */
async function ask(path) {
  const answer = await browser.page.request.get(path, { headers: { "Accept-Language": "zh" } });
  assert.equal(answer.status(), 200, path);
  return answer.json();
}

test("the shop is the generated chain, in Chinese and in yuan", async () => {
  const { page } = browser;
  await page.goto("/");
  await settled(page);

  const shown = await page.locator("body").innerText();
  assert.match(shown, /熟客家居（演示）|演示数据/);
  assert.match(shown, /¥/);
  assert.doesNotMatch(shown, /£/);
  assert.match(shown, /2026/);
});

test("it has twelve stores in five cities, and its members", async () => {
  const stores = (await ask("/v1/stores")).items;
  const cities = new Set(stores.map((store) => store.code.slice(0, 2)));
  assert.deepEqual([stores.length, cities.size], [12, 5]);

  assert.equal((await ask("/v1/dashboard")).figures.members.value, members);

  const { page } = browser;
  await page.goto("/settings/stores");
  await settled(page);
  await page.getByText("上海徐汇店").first().waitFor();
});

test("the demonstration can be exchanged, and only by its name", async () => {
  const { page, complaints } = browser;
  await page.goto("/settings/system");
  await settled(page);
  await page.getByText("清空，从自己的店开始", { exact: true }).click();
  await page.getByRole("button", { name: /更\s*换/ }).click();

  const go = page.getByRole("dialog").getByRole("button", { name: "清空，从自己的店开始" });
  await page.getByRole("dialog").getByRole("textbox").fill("别的店");
  assert.equal(await go.isDisabled(), true);
  await page.getByRole("dialog").getByRole("textbox").fill("熟客家居（演示）");
  assert.equal(await go.isDisabled(), false);

  await page.getByRole("button", { name: "不更换" }).click();
  assert.equal((await ask("/v1/demo")).state, "none");
  assert.deepEqual(complaints, []);
});
