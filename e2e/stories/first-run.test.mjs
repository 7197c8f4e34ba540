import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask } from "../ask.mjs";
import { openBrowser, settled, signIn } from "../browser.mjs";

const mark = String(Date.now()).slice(-8);
const code = `first_${mark}`;
const name = `Opening week ${mark}`;
const phone = `156${mark}`;
let browser;
let product;

before(async () => {
  browser = await openBrowser({ language: "en" });
  const { page } = browser;
  await signIn(page);
  await ask(page, "DELETE", "/v1/session/settings/first-run");
  await ask(page, "POST", "/v1/members", { phone, name: "Nora Quill" });
  product = `TEA${mark}`;
  await ask(page, "POST", "/v1/products/batch", { products: [{ code: product, name: `Tea ${mark}`, price_minor: 4000 }] });
});
after(async () => {
  const { page } = browser;
  const rule = await page.evaluate(async (one) => (await fetch(`/v1/earning-rules/${one}`)).status, code);
  if (rule === 200) await ask(page, "POST", `/v1/earning-rules/${code}/retire`, {});
  await browser.close();
});

test("the list of the first day leads to a rule that is written, published, and earned by", async () => {
  const { page, complaints } = browser;
  await page.goto("/");
  await settled(page);
  complaints.length = 0;
  const step = page.locator("li[data-step=rule]");
  await step.getByRole("link", { name: "See the rules" }).click();
  await page.waitForURL(/\/loyalty\/rules$/);
  await page.getByRole("button", { name: "New rule" }).click();
  await page.getByLabel("Chinese name").fill(`开业周 ${mark}`);
  await page.getByLabel("English name").fill(name);
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Save draft" }).click();
  await page.waitForURL(new RegExp(`/loyalty/rules/${code}$`));
  assert.equal(await quotedBy(page), null, "a draft gives nothing");

  await page.goto(`/loyalty/rules/${code}`);
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  const dialog = page.locator(".ant-modal");
  await dialog.getByRole("button", { name: "Next" }).click();
  await dialog.getByRole("button", { name: "Next" }).click();
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await dialog.waitFor({ state: "detached" });

  // One for each of eighty.
  assert.match(await quotedBy(page), /\b80\b/);
  await page.goto("/");
  await page.locator("li[data-step=rule][data-done=true]").waitFor();
  assert.deepEqual(complaints, []);
});

/** What the quote of two for the member says that the rule gives, or null where it says nothing. */
async function quotedBy(page) {
  await page.goto("/loyalty/checkout?tab=quote");
  await settled(page);
  await page.getByLabel("Product code").fill(product);
  await page.getByLabel("Quantity").fill("2");
  await page.getByLabel("Unit price").fill("40");
  await page.getByLabel("Member's phone").fill(phone);
  await page.getByRole("button", { name: "Work it out" }).click();
  await page.getByRole("heading", { name: "Earned once paid" }).waitFor();
  const earned = page.locator("main li", { hasText: name });
  return (await earned.count()) > 0 ? earned.first().innerText() : null;
}
