import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { seriousFindings } from "../axe.mjs";
import { openBrowser, settled, signIn } from "../browser.mjs";

let browser;
let first;
let second;
before(async () => {
  browser = await openBrowser();
  await signIn(browser.page);
});
after(() => browser.close());

const digits = String(Date.now()).slice(-8);
const phones = [`138${digits}`, `139${digits}`];

test("two people sign up at the counter, and nobody twice", async () => {
  const { page, complaints } = browser;
  complaints.length = 0;
  first = await signUp(page, { 姓名: "林晓月", 手机号: phones[0], 生日: "05-20" });
  second = await signUp(page, { 姓名: "林小月", 手机号: phones[1] });
  assert.deepEqual(complaints, []);

  await fillIn(page, { 姓名: "林晓月", 手机号: phones[0] });
  await page.locator(".ant-drawer-open").getByRole("button", { name: "打开这位会员" }).click();
  await page.waitForURL(/\/members\/number:M\w+$/);
  await page.getByRole("heading", { level: 1 }).waitFor();

  assert.notEqual(first, second);
  assert.deepEqual(await found(page, phones[0]), [first]);
});

test("a profile is mended in place", async () => {
  const { page, complaints } = browser;
  await page.goto(`/members/${second}`);
  await settled(page);
  complaints.length = 0;

  await page.getByRole("button", { name: "修改资料" }).click();
  await page.locator(".ant-modal").getByLabel("生日").fill("13-01");
  await page.locator(".ant-modal").getByRole("button", { name: "保存修改" }).click();
  await page.getByText("请写成 1990-05-20 或 05-20").waitFor();
  await page.locator(".ant-modal").getByLabel("生日").fill("1990-12-31");
  await page.locator(".ant-modal").getByRole("button", { name: "保存修改" }).click();
  await page.locator(".ant-modal").waitFor({ state: "detached" });

  await page.locator("main").getByText("生日 12月31日").waitFor();
  assert.deepEqual(complaints, []);
});

test("the two are merged after a look at both, and parted again", async () => {
  const { page, complaints } = browser;
  await page.goto(`/members/${first}`);
  await settled(page);
  complaints.length = 0;

  await page.getByRole("button", { name: "更多操作" }).click();
  await page.getByRole("menuitem", { name: "与另一位会员合并" }).click();
  await page.locator("#merge-other").fill(phones[1]);
  await page.locator(".ant-select-item-option").first().click();
  await page.locator(".ant-modal").getByText("合并后的变化").waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  await page.locator(".ant-modal").getByLabel("原因").fill("本人到店确认换了手机号");
  await page.locator(".ant-modal").getByRole("button", { name: "合并会员" }).click();
  await page.locator(".ant-modal").waitFor({ state: "detached" });
  assert.deepEqual(await found(page, phones[0]), [first]);
  assert.deepEqual(await found(page, phones[1]), [first]);

  await page.goto("/members/merges");
  await settled(page);
  await page.locator("main tbody tr.ant-table-row").first().getByRole("button", { name: "撤销合并" }).click();
  await page.locator(".ant-modal").getByLabel("为什么撤销？").fill("是姐妹两人");
  await page.locator(".ant-modal").getByRole("button", { name: "撤销合并" }).click();
  await page.locator(".ant-modal").waitFor({ state: "detached" });

  assert.deepEqual(await found(page, phones[0]), [first]);
  assert.deepEqual(await found(page, phones[1]), [second]);
  assert.deepEqual(complaints, []);
});

async function fillIn(page, values) {
  await page.goto("/members");
  await settled(page);
  await page.getByRole("button", { name: "登记会员" }).click();
  const drawer = page.locator(".ant-drawer-open");
  for (const [label, value] of Object.entries(values)) await drawer.getByLabel(label, { exact: true }).fill(value);
  await drawer.getByRole("button", { name: "登记", exact: true }).click();
}

/** The number in the address of the preview that opens for whoever has just signed up. */
async function signUp(page, values) {
  await fillIn(page, values);
  await page.waitForURL(/preview=\d+/);
  return Number(new URL(page.url()).searchParams.get("preview"));
}

function found(page, q) {
  return page.evaluate(
    async (text) => (await (await fetch(`/v1/members?q=${text}`)).json()).items.map((one) => one.id),
    q,
  );
}
