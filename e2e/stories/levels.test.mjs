import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { seriousFindings } from "../axe.mjs";
import { openBrowser, settled, signIn } from "../browser.mjs";

let browser;
let member;
before(async () => {
  browser = await openBrowser();
  await signIn(browser.page);
  member = await browser.page.evaluate(async () => {
    const { items } = await (await fetch("/v1/members?tier=bronze&limit=20&sort=-order_count")).json();
    return items.find((one) => one.status === "active").id;
  });
});
after(() => browser.close());

test("a level is given by hand to a member, and ended again", async () => {
  const { page, complaints } = browser;
  complaints.length = 0;
  await page.goto(`/members/${member}?tab=tier`);
  await settled(page);
  assert.equal((await standing(page)).level.code, "bronze");

  await page.getByRole("button", { name: "手动授予等级" }).click();
  await dialog(page).getByLabel("等级", { exact: true }).click();
  await page.getByTitle("金卡", { exact: true }).click();
  await dialog(page).getByLabel("原因").fill("周年庆贵宾");
  assert.deepEqual(await seriousFindings(page), []);
  await finish(page, "手动授予等级");
  await page.getByRole("button", { name: "结束授予", exact: true }).waitFor();
  await settled(page);
  const given = await standing(page);
  await page.locator("main").getByText("周年庆贵宾").first().waitFor();
  assert.deepEqual(await seriousFindings(page), []);

  await page.getByRole("button", { name: "结束授予", exact: true }).click();
  await dialog(page).getByLabel("原因").fill("活动结束");
  await finish(page, "结束授予");
  await page.getByRole("button", { name: "手动授予等级" }).waitFor();
  await settled(page);
  const ended = await standing(page);

  assert.equal(given.level.code, "gold");
  assert.ok(given.grant.until > given.since, "a grant is for a year when nobody says otherwise");
  assert.equal(ended.level.code, "bronze");
  assert.equal(ended.grant, null);
  assert.deepEqual(complaints, []);
});

test("a grant without a reason is not sent", async () => {
  const { page } = browser;
  await page.goto(`/members/${member}?tab=tier`);
  await settled(page);

  await page.getByRole("button", { name: "手动授予等级" }).click();
  await dialog(page).getByRole("button", { name: "手动授予等级", exact: true }).click();
  await dialog(page).locator(".ant-form-item-explain-error").waitFor();

  assert.equal((await standing(page)).grant, null);
});

const dialog = (page) => page.locator(".ant-modal");

async function finish(page, action) {
  await dialog(page).getByRole("button", { name: action, exact: true }).click();
  await dialog(page).waitFor({ state: "detached" });
}

const standing = (page) =>
  page.evaluate(async (id) => (await fetch(`/v1/members/${id}/tier`)).json(), member);
