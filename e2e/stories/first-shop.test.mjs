import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask } from "../ask.mjs";
import { openBrowser, settled, signIn } from "../browser.mjs";

const mark = String(Date.now()).slice(-8);
const code = `first_${mark}`;
const called = `每单加赠 ${mark}`;
let browser;

before(async () => {
  browser = await openBrowser();
  await signIn(browser.page);
});
after(async () => {
  await browser.page.evaluate(async (rule) => {
    const options = { method: "POST", headers: { "Content-Type": "application/json", "X-Shuke-Client": "console" } };
    await fetch(`/v1/earning-rules/${rule}/retire`, { ...options, body: "{}" });
  }, code);
  await browser.close();
});

test("from the list of the first day to a rule of one's own, and a sum that earns by it", async () => {
  const { page, complaints } = browser;
  await ask(page, "DELETE", "/v1/session/settings/first-run");
  const member = await ask(page, "POST", "/v1/members", { phone: `136${mark}`, name: "林晓" });
  await ask(page, "POST", "/v1/products/batch", { products: [{ code, name: `面包${mark}`, price_minor: 10000 }] });
  complaints.length = 0;

  await page.goto("/");
  await page.locator("li[data-step=rule]").getByRole("link", { name: "看积分规则" }).click();
  await page.waitForURL(/\/loyalty\/rules/);
  await settled(page);
  await page.getByRole("button", { name: "新建规则" }).click();
  await page.waitForURL(/\/loyalty\/rules\/new$/);
  await page.getByLabel("中文名称").fill(called);
  await page.getByLabel("英文名称").fill(`Bonus ${mark}`);
  await page.getByLabel("代码", { exact: true }).fill(code);
  await page.getByLabel("发放方式").click();
  await page.locator(".ant-select-item-option", { hasText: "固定积分" }).click();
  await page.getByRole("spinbutton", { name: "得积分" }).fill("77");
  await page.getByText("得 77 积分").first().waitFor();
  await page.getByRole("button", { name: "保存草稿" }).click();
  await page.waitForURL(new RegExp(`/loyalty/rules/${code}$`));
  await page.getByText("有一份未发布的草稿").waitFor();
  assert.equal(await earned(page, member.id), 0, "a draft gives nothing");

  await page.getByRole("button", { name: "发布", exact: true }).click();
  const dialog = page.locator(".ant-modal");
  await dialog.getByRole("button", { name: "下一步" }).click();
  await dialog.getByRole("button", { name: "下一步" }).click();
  await dialog.getByRole("button", { name: "发布", exact: true }).click();
  await page.getByText("有一份未发布的草稿").waitFor({ state: "detached" });

  assert.equal(await earned(page, member.id), 77);
  const { items } = await ask(page, "GET", "/v1/checklist");
  assert.equal(items.find((one) => one.key === "rule").is_done, true);
  assert.deepEqual(complaints, []);
});

test("the guide tells it from the beginning, with pictures", async () => {
  const { page, complaints } = browser;
  complaints.length = 0;
  await page.goto("/help/first-shop");
  await page.getByRole("heading", { level: 1, name: "从零搭起一家店的会员计划" }).waitFor();
  const pictures = page.locator("article img");
  await pictures.first().waitFor({ state: "attached" });
  assert.ok((await pictures.count()) > 5);
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await page.waitForFunction((image) => image.complete && image.naturalWidth > 0, await picture.elementHandle());
  }
  assert.deepEqual(complaints, []);
});

/** The points that a purchase would earn by the rule. */
async function earned(page, id) {
  const lines = [{ product: code, quantity: "1", unit_price: "100" }];
  const quote = await ask(page, "POST", "/v1/checkout/quote", { source: "story", member: { id }, lines });
  return quote.earned.find((one) => one.rule.code === code)?.amount ?? 0;
}
