import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer as ask } from "../ask.mjs";
import { seriousFindings } from "../axe.mjs";
import { narrow, openBrowser, settled, signIn } from "../browser.mjs";

let browser;
const stamp = String(Date.now()).slice(-8);
const phone = `154${stamp}`;

const forget = (page, key) => ask(page, "DELETE", `/v1/session/settings/${key}`);

before(async () => {
  browser = await openBrowser();
  const { page } = browser;
  await signIn(page);
  const signedUp = await ask(page, "POST", "/v1/members", {
    name: "瞿晓桐",
    identities: [{ kind: "phone", value: phone }],
  });
  assert.equal(signedUp.status, 201, JSON.stringify(signedUp.body));
  await forget(page, "search.recent");
  await ask(page, "PATCH", "/v1/session", { language: "zh-CN" });
});
after(() => browser.close());

async function open(page, path) {
  await page.goto(path);
  await settled(page);
}

async function palette(page, text) {
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "搜索" });
  await field.fill(text);
  return field;
}

test("a member is found by phone, by the keys alone, and stands among what was opened lately", async () => {
  const { page } = browser;
  await open(page, "/settings/system");

  await palette(page, phone);
  await page.getByRole("option").filter({ hasText: "****" }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/members\/\d+$/);
  const member = new URL(page.url()).pathname;
  await settled(page);

  await page.keyboard.press("Control+k");
  await page.getByText("最近打开").waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === member);
  const { body } = await ask(page, "GET", "/v1/session/settings");
  assert.doesNotMatch(JSON.stringify(body.settings["search.recent"]), /瞿|154/, "kept by number, never by name");
});

test("Enter before the answer opens what then comes", async () => {
  const { page } = browser;
  await open(page, "/");

  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "搜索" }).waitFor();
  await page.keyboard.type(phone);
  await page.keyboard.press("Enter");

  await page.waitForURL(/\/members\/\d+$/);
});

test("pages and actions are found by pinyin, and a number that is nobody's gives nothing", async () => {
  const { page } = browser;
  await open(page, "/");

  const field = await palette(page, "xjyhq");
  await page.getByRole("option", { name: "新建优惠券" }).waitFor();
  await field.fill("beifen");
  await page.getByRole("option", { name: /备份/ }).first().waitFor();
  await field.fill("900000000000001");
  await page.getByText("没有找到“900000000000001”").waitFor();
  await page.keyboard.press("Escape");
});

test("an action of another page is done once that page is there", async () => {
  const { page } = browser;
  await open(page, "/settings/system");

  await palette(page, "新建会员");
  await page.getByRole("option", { name: "新建会员" }).click();

  await page.waitForURL(/\/members/);
  await page.locator(".ant-drawer form, .ant-modal form").first().waitFor();
});

test("keys lead to areas, find in lists and open what is new, and rest while somebody types", async () => {
  const { page } = browser;
  await open(page, "/settings/system");

  await page.keyboard.press("g");
  await page.keyboard.press("m");
  await page.waitForURL(/\/members$/);
  await settled(page);
  await page.keyboard.press("/");
  const search = page.locator("main input[data-find]");
  await page.waitForFunction(() => document.activeElement?.matches("input[data-find]"));
  await page.keyboard.type("gs?n");
  assert.equal(await search.inputValue(), "gs?n");
  assert.match(page.url(), /\/members/);

  await search.evaluate((field) => field.blur());
  await page.keyboard.press("?");
  const overview = page.getByRole("dialog", { name: "键盘快捷键" });
  await overview.getByText("去会员").waitFor();
  await overview.getByText("在列表里查找").waitFor();
  await page.keyboard.press("Escape");
});

test("help opens the guide's page of the screen, follows its links and comes back", async () => {
  const { page } = browser;
  await open(page, "/loyalty/rules");

  await page.getByRole("button", { name: "帮助", exact: true }).click();
  const drawer = page.locator(".ant-drawer-open");
  await drawer.getByRole("heading", { level: 1 }).waitFor();
  const title = await drawer.getByRole("heading", { level: 1 }).innerText();
  await drawer.locator("article a[href^='/help/']").first().click();
  await drawer.getByRole("button", { name: "上一页" }).click();
  assert.equal(await drawer.getByRole("heading", { level: 1 }).innerText(), title);

  await drawer.getByRole("button", { name: "目录" }).click();
  await drawer.getByPlaceholder("在标题里找").fill("jifen");
  await drawer.getByRole("button", { name: "积分说明" }).click();
  await drawer.getByRole("button", { name: "整页打开" }).click();
  await page.waitForURL(/\/help\/points$/);
  await page.getByRole("heading", { level: 1, name: "积分说明" }).first().waitFor();
  assert.deepEqual(await seriousFindings(page), []);
});

test("whoever comes for the first time is asked, walks past the parts, and is not asked again", async () => {
  const { page } = browser;
  await open(page, "/settings/system");
  await forget(page, "tour");
  await open(page, "/");

  await page.getByRole("button", { name: "开始导览" }).click();
  const tour = page.locator(".ant-tour");
  for (let step = 0; step < 10; step += 1) {
    await tour.getByText(/^\d \/ \d$/).waitFor();
    const last = tour.getByRole("button", { name: "完成" });
    if ((await last.count()) > 0) {
      await last.click();
      break;
    }
    await tour.getByRole("button", { name: "下一步" }).click();
  }
  await tour.waitFor({ state: "detached" });
  await settled(page);
  await open(page, "/");

  assert.equal(await page.getByRole("button", { name: "开始导览" }).count(), 0);
});

test("the list of the first day ticks itself, goes away and comes back", async () => {
  const { page } = browser;
  await open(page, "/settings/system");
  await forget(page, "first-run");
  await open(page, "/");
  const { body } = await ask(page, "GET", "/v1/checklist");

  const steps = page.locator("li[data-step]");
  await steps.first().waitFor();
  const shown = await steps.evaluateAll((all) =>
    all.map((one) => ({ key: one.dataset.step, is_done: one.dataset.done === "true" })),
  );
  assert.deepEqual(shown, body.items);

  await page.getByRole("button", { name: "收起清单" }).click();
  await steps.first().waitFor({ state: "detached" });
  await page.locator("[data-tour=user]").click();
  await page.getByRole("menuitem", { name: "开店清单" }).click();
  await steps.first().waitFor();
});

test("a session that ends while somebody works leads back to the same place", async () => {
  const { page, complaints } = browser;
  await open(page, "/sales/orders?kind=refund");
  const before = page.url();

  await page.context().clearCookies();
  await page.keyboard.press("g");
  await page.keyboard.press("m");
  await page.waitForURL(/\/sign-in\?from=/);
  const from = decodeURIComponent(new URL(page.url()).searchParams.get("from"));
  assert.equal(from, "/members");
  complaints.length = 0;
  await page.goto(before);
  await page.waitForURL(/\/sign-in\?from=%2Fsales%2Forders%3Fkind%3Drefund/);
});

test("a phone has all of it, in English, and axe finds nothing serious", async () => {
  const phoneBrowser = await openBrowser({ language: "en", viewport: narrow });
  const { page } = phoneBrowser;
  try {
    await signIn(page);
    await page.evaluate(() => fetch("/v1/session", {
      method: "PATCH",
      headers: { "Content-Type": "application/json", "X-Shuke-Client": "console" },
      body: '{"language":"en"}',
    }));
    await open(page, "/");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("combobox", { name: "Search" }).fill("backup");
    await page.getByRole("option", { name: /Backups/ }).first().waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/settings\/backups/);
    await page.getByRole("button", { name: "Help", exact: true }).click();
    await page.locator(".ant-drawer-open article").waitFor();
    await page.waitForTimeout(400);
    assert.deepEqual(await seriousFindings(page), []);
  } finally {
    await page.evaluate(() => fetch("/v1/session", {
      method: "PATCH",
      headers: { "Content-Type": "application/json", "X-Shuke-Client": "console" },
      body: '{"language":"zh-CN"}',
    }));
    await phoneBrowser.close();
  }
});
