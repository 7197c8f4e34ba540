import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { seriousFindings } from "../axe.mjs";
import { columnsAsTheyCome, openBrowser, settled, signIn } from "../browser.mjs";

let browser;
before(async () => {
  browser = await openBrowser();
  await signIn(browser.page);
  await columnsAsTheyCome(browser.page);
});
after(() => browser.close());

test("the list pages forward and back, and the address keeps the place", async () => {
  const { page } = browser;
  await page.goto("/members");
  await settled(page);
  const names = () => page.locator("main tbody tr.ant-table-row td:nth-child(2)").allInnerTexts();
  const first = await names();
  assert.equal(first.length, 50);

  await page.getByRole("button", { name: "下一页" }).click();
  await page.waitForURL(/cursor=/);
  await settled(page);
  const second = await names();
  await page.reload();
  await settled(page);
  const reloaded = await names();
  await page.goBack();
  await settled(page);

  assert.notDeepEqual(second, first);
  assert.deepEqual(reloaded, second);
  assert.deepEqual(await names(), first);
});

test("a search narrows the list to one phone number, the preview opens, and then the full page", async () => {
  const { page } = browser;
  await page.goto("/members");
  await settled(page);
  const lastFour = await lastFourOfFirst(page);

  await page.locator("main input").first().fill(lastFour);
  await page.waitForURL(new RegExp(`q=${lastFour}`));
  await settled(page);
  const phones = await phonesOf(page).allInnerTexts();
  assert.equal(phones.length, await page.locator("main tbody tr.ant-table-row").count());
  const name = await page.locator("main tbody tr.ant-table-row [title]").first().getAttribute("title");
  await page.locator("main tbody tr.ant-table-row").first().click();
  await page.waitForURL(/preview=/);
  await page.locator(".ant-drawer-open").getByText(name).first().waitFor();
  await page.getByRole("button", { name: "打开完整资料" }).click();
  await page.waitForURL(/\/members\/\d+$/);

  assert.ok(phones.length >= 1 && phones.every((phone) => phone.endsWith(lastFour)), phones.join());
  await page.getByRole("heading", { level: 1, name }).waitFor();
});

test("every tab of a member's page answers, and points can be asked why", async () => {
  const { page, complaints } = browser;
  await page.goto("/members?sort=-points_available");
  await settled(page);
  await page.locator("main tbody tr.ant-table-row").first().click();
  await page.getByRole("button", { name: "打开完整资料" }).click();
  await page.waitForURL(/\/members\/\d+$/);
  await settled(page);
  complaints.length = 0;

  for (const tab of ["订单", "等级", "身份", "积分"]) {
    await page.getByRole("tab", { name: tab, exact: true }).click();
    await settled(page);
  }
  await page.locator("main td button").first().click();
  await page.locator(".ant-drawer-open").getByText("为什么是").waitFor();

  assert.deepEqual(complaints, []);
  assert.deepEqual(await seriousFindings(page), []);
});

test("the timeline keeps its filter in the address", async () => {
  const { page } = browser;
  const member = new URL(page.url()).pathname;
  await page.goto(member);
  await settled(page);

  await page.locator("main fieldset").getByRole("button", { name: "等级", exact: true }).click();
  await page.waitForURL(/kinds=tier/);
  await page.reload();
  await settled(page);

  const chip = page.locator("main fieldset").getByRole("button", { name: "等级", exact: true });
  assert.equal(await chip.getAttribute("aria-pressed"), "true");
});

test("⌘K finds a member by the last digits of a phone and opens the page with the keyboard alone", async () => {
  const { page } = browser;
  await page.goto("/members");
  await settled(page);
  const lastFour = await lastFourOfFirst(page);

  await page.keyboard.press("Control+k");
  await page.locator("[aria-controls=found]").waitFor();
  await page.keyboard.type(lastFour);
  await page.locator("#found [role=option]").filter({ hasText: `****${lastFour}` }).first().waitFor();
  await page.keyboard.press("Enter");

  await page.waitForURL(/\/members\/\d+$/);
  await page.getByRole("heading", { level: 1 }).waitFor();
});

/** Names may be shown in part; the last digits of a phone never are. */
async function lastFourOfFirst(page) {
  const phone = await phonesOf(page).first().innerText();
  return phone.slice(-4);
}

/** The cells with phones, wherever the column stands. */
function phonesOf(page) {
  return page.locator("main tbody tr.ant-table-row td").filter({ hasText: /\*{4}\d{4}$/ });
}
