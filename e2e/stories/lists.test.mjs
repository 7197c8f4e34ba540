import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask } from "../ask.mjs";
import { columnsAsTheyCome, openBrowser, settled, signIn } from "../browser.mjs";

const mark = String(Date.now()).slice(-8);
const secret = `青石 板路 ${mark} 油纸伞`;
const name = `金卡${mark}`;

let admin;
let colleague;
before(async () => {
  admin = await openBrowser();
  colleague = await openBrowser({ language: "en" });
  await signIn(admin.page);
  await columnsAsTheyCome(admin.page);
});
after(async () => {
  await columnsAsTheyCome(admin.page);
  await Promise.all([admin.close(), colleague.close()]);
});

/** The title of each column, without the one of ticks. */
const headings = (page) => page.locator("main thead th .ant-table-column-title, main thead th:not(:has(.ant-table-column-title))").allInnerTexts();

test("a view with a filter and columns of its own is kept, changed, and opens the list", async () => {
  const { page, complaints } = admin;
  await page.goto("/members?orders_min=1&sort=-points_available");
  await settled(page);
  complaints.length = 0;

  await page.getByRole("button", { name: "列与行高" }).click();
  await page.getByRole("checkbox", { name: "手机号" }).click();
  await page.getByRole("checkbox", { name: "手机号", checked: false }).waitFor();
  await page.getByRole("button", { name: "移动“门店”列" }).focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Escape");
  await page.locator("h1").click();
  await page.getByRole("button", { name: "视图", exact: true }).click();
  await page.getByRole("menuitem", { name: "另存为新视图" }).click();
  await page.getByLabel("视图名称").fill(name);
  await page.getByLabel("共享给所有同事").check();
  await page.getByRole("button", { name: /^保\s*存$/ }).click();
  const tab = page.getByRole("navigation", { name: "视图" }).getByRole("button", { name });
  await tab.waitFor();
  await settled(page);
  assert.match(page.url(), /[?&]view=\d+/);
  assert.ok(!(await headings(page)).includes("手机号"));

  await page.getByRole("navigation", { name: "视图" }).getByRole("button", { name: "全部" }).click();
  await settled(page);
  assert.ok(!page.url().includes("orders_min"));
  await tab.click();
  await settled(page);
  assert.match(page.url(), /orders_min=1/);
  assert.match(page.url(), /sort=-points_available/);

  await page.getByRole("button", { name: "视图", exact: true }).click();
  await page.getByRole("menuitem", { name: "打开列表时先看这个视图" }).click();
  await page.waitForFunction(async () => {
    const { default_id } = await (await fetch("/v1/views?list=members")).json();
    return default_id !== null;
  });
  await page.goto("/members");
  await page.waitForURL(/orders_min=1/);
  await settled(page);
  assert.equal(await tab.getAttribute("aria-pressed"), "true");
  assert.deepEqual(complaints, []);
});

test("a column is as wide as it was dragged, also after coming back", async () => {
  const { page } = admin;
  await page.goto("/sales/orders");
  await settled(page);
  const heading = page.locator("main thead th").nth(1);
  const before = (await heading.boundingBox()).width;
  const border = await heading.getByRole("separator").boundingBox();
  await page.mouse.move(border.x + 4, border.y + 10);
  await page.mouse.down();
  await page.mouse.move(border.x + 124, border.y + 10, { steps: 4 });
  await page.mouse.up();
  await page.waitForFunction(
    (width) => document.querySelectorAll("main thead th")[1].getBoundingClientRect().width > width + 60,
    before,
  );
  const dragged = (await heading.boundingBox()).width;
  await settled(page);
  await page.reload();
  await settled(page);
  assert.ok(Math.abs((await heading.boundingBox()).width - dragged) < 40);
  await heading.getByRole("separator").dblclick();
});

test("a colleague finds the shared view and cannot change it", async () => {
  const { page } = admin;
  const made = await ask(page, "POST", "/v1/staff/users", {
    username: `looker${mark}`,
    display_name: "小林",
    roles: ["viewer"],
  });
  const theirs = colleague.page;
  await signIn(theirs, { name: `looker${mark}`, secret: made.password });
  await theirs.waitForURL(/\/password/);
  const fields = theirs.locator("input[type=password]");
  await fields.nth(0).fill(made.password);
  await fields.nth(1).fill(secret);
  await fields.nth(2).fill(secret);
  await theirs.locator("main button[type=submit], button[type=submit]").first().click();
  await theirs.waitForURL((url) => !url.pathname.startsWith("/password"));
  await theirs.goto("/members");
  await settled(theirs);
  assert.ok(!theirs.url().includes("orders_min"), "somebody else's first view is not theirs");

  await theirs.getByRole("navigation", { name: "Views" }).getByRole("button", { name }).click();
  await settled(theirs);
  assert.match(theirs.url(), /orders_min=1/);
  await theirs.getByRole("button", { name: "Views", exact: true }).click();
  await theirs.getByRole("menuitem", { name: /Save as/ }).waitFor();
  assert.equal(await theirs.getByRole("menuitem", { name: "Delete view" }).count(), 0);
  assert.equal(await theirs.getByRole("menuitem", { name: "Update this view" }).count(), 0);
});

test("an export says how far it is and hands over its file", async () => {
  const { page, complaints } = admin;
  await page.goto("/members?orders_min=5&view=all");
  await settled(page);
  complaints.length = 0;

  await page.locator("main button", { hasText: /^导出$/ }).click();
  await page.getByLabel("用途").fill("季度回访");
  await page.getByRole("button", { name: "开始导出" }).click();
  const link = page.locator(".ant-notification").getByRole("link", { name: /下载/ });
  await link.waitFor({ timeout: 60_000 });
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  assert.match(file.suggestedFilename(), /^members-.*\.xlsx$/);
  await page.getByRole("button", { name: "最近导出" }).click();
  await page.getByText("季度回访").first().waitFor();
  assert.deepEqual(complaints, []);
});

test("what was made here is gone again", async () => {
  const { page } = admin;
  await page.goto("/members");
  await settled(page);
  const left = await page.evaluate(async (wanted) => {
    const headers = { "X-Shuke-Client": "console" };
    const { items } = await (await fetch("/v1/views?list=members")).json();
    for (const one of items.filter((view) => view.name === wanted))
      await fetch(`/v1/views/${one.id}`, { method: "DELETE", headers });
    return (await (await fetch("/v1/views?list=members")).json()).default_id;
  }, name);
  assert.equal(left, null, "a view that is gone opens no list");
});
