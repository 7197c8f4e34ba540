import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { seriousFindings } from "../axe.mjs";
import { openBrowser, settled, signIn } from "../browser.mjs";

const code = `story_${Date.now()}`;
const called = `开业加赠 ${code}`;
let browser;
before(async () => {
  browser = await openBrowser();
  await signIn(browser.page);
});
after(() => browser.close());

test("a rule is drafted, tried, published, and stands in the list as live", async () => {
  const { page, complaints } = browser;
  complaints.length = 0;
  await page.goto("/loyalty/rules");
  await settled(page);
  await page.getByRole("button", { name: "新建规则" }).click();
  await page.waitForURL(/\/loyalty\/rules\/new$/);
  await page.getByLabel("中文名称").fill(called);
  await page.getByLabel("英文名称").fill(`Opening bonus ${code}`);
  await page.getByLabel("代码", { exact: true }).fill(code);
  await settled(page);
  assert.deepEqual(await seriousFindings(page), []);
  await page.getByRole("button", { name: "保存草稿" }).click();
  await page.waitForURL(new RegExp(`/loyalty/rules/${code}$`));
  await page.getByText("有一份未发布的草稿").waitFor();

  await page.getByLabel("用哪些规则").click();
  await page.getByTitle("只用本规则的草稿", { exact: true }).click();
  await page.getByRole("button", { name: "试算", exact: true }).click();
  const outcome = page.locator("main [aria-live=polite] > p").first();
  await outcome.waitFor();
  assert.equal(await outcome.innerText(), "100 积分");
  assert.equal((await rule(page)).state, "draft", "trying a draft publishes nothing");

  await page.getByRole("button", { name: "发布", exact: true }).click();
  const dialog = page.locator(".ant-modal");
  await dialog.getByRole("button", { name: "下一步" }).click();
  await dialog.getByRole("button", { name: "下一步" }).click();
  await dialog.getByText("发布后这一版不能再修改").waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  await dialog.getByRole("button", { name: "发布", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("有一份未发布的草稿").waitFor({ state: "detached" });
  await page.goto(`/loyalty/rules?q=${code}`);
  await settled(page);

  const rows = page.locator("main tbody tr.ant-table-row");
  assert.equal(await rows.count(), 1);
  const told = await rows.first().innerText();
  assert.ok(told.includes(called) && told.includes("生效中"), told);
  assert.equal((await rule(page)).version, 1);
  assert.deepEqual(await seriousFindings(page), []);
  assert.deepEqual(complaints, []);
});

test("a rule is retired from its page, so that it gives nothing any more", async () => {
  const { page } = browser;
  await page.goto(`/loyalty/rules/${code}`);
  await settled(page);

  await page.getByRole("button", { name: "更多操作" }).click();
  await page.getByRole("menuitem", { name: "停用" }).click();
  const dialog = page.locator(".ant-modal");
  await dialog.getByRole("button", { name: "停用", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await page.goto(`/loyalty/rules?q=${code}&state=retired`);
  await settled(page);

  assert.equal(await page.locator("main tbody tr.ant-table-row").count(), 1);
  assert.equal((await rule(page)).state, "retired");
});

test("⌘K finds the pages of the programme by name", async () => {
  const { page } = browser;
  await page.goto("/members");
  await settled(page);

  await page.keyboard.press("Control+k");
  const field = page.locator("[role=combobox][aria-controls=found]");
  for (const name of ["积分规则", "等级", "权益", "计划文件"]) {
    await field.fill(name);
    const found = page.locator("#found [role=option]").filter({ hasText: "规则与权益" });
    await found.filter({ hasText: name }).first().waitFor();
  }
  await page.keyboard.press("Enter");

  await page.waitForURL(/\/loyalty\/programme$/);
});

const rule = (page) => page.evaluate(async (one) => (await fetch(`/v1/earning-rules/${one}`)).json(), code);
