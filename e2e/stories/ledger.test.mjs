import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { seriousFindings } from "../axe.mjs";
import { openBrowser, settled, signIn } from "../browser.mjs";

const limit = 1000;
let browser;
let member;
before(async () => {
  browser = await openBrowser();
  await signIn(browser.page);
  member = await someMember(browser.page);
});
after(() => browser.close());

test("service gives, uses, holds and releases, and the figures follow", async () => {
  const { page, complaints } = browser;
  await openAccounts(page);
  const start = await figure(page, "可用");
  const held = await figure(page, "冻结");
  complaints.length = 0;

  await operate(page, "发放", { 数量: "500", 原因: "门店活动补发" });
  await reaches(page, "可用", start + 500);
  await operate(page, "使用", { 数量: "120", 原因: "换购礼品" });
  await reaches(page, "可用", start + 380);
  await operate(page, "冻结", { 数量: "200" });
  await reaches(page, "可用", start + 180);
  await reaches(page, "冻结", held + 200);
  assert.deepEqual(await seriousFindings(page), []);
  await page.getByRole("button", { name: "解除", exact: true }).last().click();
  await finish(page, "解除");
  await reaches(page, "可用", start + 380);

  assert.equal(await figure(page, "冻结"), held);
  assert.deepEqual(complaints, []);
});

test("more than there is is refused in place, and nothing moves", async () => {
  const { page } = browser;
  await openAccounts(page);
  const start = await figure(page, "可用");
  const version = await figure(page, "账户版本");

  await fill(page, "使用", { 数量: String(start + 1) });
  await dialog(page).getByRole("button", { name: "使用", exact: true }).click();
  await dialog(page).getByText("ledger.not_enough").waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  await dialog(page).getByRole("button", { name: "取消" }).click();
  await page.reload();
  await settled(page);

  assert.equal(await figure(page, "可用"), start);
  assert.equal(await figure(page, "账户版本"), version);
});

test("a lost answer is asked for again under the same key, and nothing is given twice", async () => {
  const { page } = browser;
  await openAccounts(page);
  const start = await figure(page, "可用");
  const keys = [];
  await page.route("**/v1/ledger/credits", async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    if (keys.length > 1) return route.continue();
    await route.fetch();
    return route.abort();
  });

  await fill(page, "发放", { 数量: "30", 原因: "网络不稳" });
  await dialog(page).getByRole("button", { name: "发放", exact: true }).click();
  await dialog(page).getByText("连不上服务器").waitFor();
  await finish(page, "发放");
  await page.unroute("**/v1/ledger/credits");
  await reaches(page, "可用", start + 30);
  await operate(page, "发放", { 数量: "30", 原因: "另一笔" });
  await reaches(page, "可用", start + 60);

  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
});

test("a use is reversed in part, and what an order earned says where it is corrected", async () => {
  const { page, complaints } = browser;
  await openAccounts(page);
  const start = await figure(page, "可用");
  complaints.length = 0;

  await page.locator("main td button[data-sign]", { hasText: "−120" }).first().click();
  await page.getByRole("button", { name: "冲正", exact: true }).click();
  await page.getByLabel("只冲正一部分").check();
  await page.getByLabel("数量").fill("20");
  await page.getByLabel("原因").fill("多扣了");
  await finish(page, "冲正");
  await reaches(page, "可用", start + 20);
  const ofOrder = page.locator("main tbody tr").filter({ has: page.locator('a[href^="/sales/orders/"]') });
  await ofOrder.locator("button[data-sign]").first().click();
  const drawer = page.locator(".ant-drawer-open");
  await drawer.getByText("请在订单上退货").waitFor();

  assert.equal(await drawer.getByRole("button", { name: "冲正", exact: true }).isDisabled(), true);
  assert.deepEqual(complaints, []);
});

test("an adjustment above the limit waits, and the only one who may approve types the amount", async () => {
  const { page, complaints } = browser;
  await page.goto("/settings/currencies/points");
  await settled(page);
  await page.getByLabel("人工调整超过多少要复核").fill(String(limit));
  await page.getByText("人工调整超过 1,000 要另一人复核。").waitFor();
  await page.getByRole("button", { name: "保存规则" }).click();
  await page.waitForURL(/\/settings\/currencies$/);
  await openAccounts(page);
  const start = await figure(page, "可用");

  await fill(page, "调整", { 数量: "1500", 原因: "系统切换时漏记" });
  await dialog(page).getByText("要由另一位同事复核后才会生效").waitFor();
  await dialog(page).getByRole("button", { name: "提交复核" }).click();
  await dialog(page).getByText("余额还没有变").waitFor();
  await dialog(page).getByRole("button", { name: "去看待复核" }).click();
  await page.waitForURL(/\/finance\/adjustments/);
  await settled(page);
  await page.locator("main tbody tr.ant-table-row").first().click();
  const drawer = page.locator(".ant-drawer-open");
  await drawer.getByText("这是你自己提交的").waitFor();
  complaints.length = 0;
  await drawer.getByRole("button", { name: "通过", exact: true }).click();
  await drawer.getByText("ledger.confirmation_wrong").waitFor();
  assert.equal(await drawer.getByRole("button", { name: "确认通过" }).isDisabled(), true);
  await drawer.getByLabel("请照样输入 1500").fill("1500");
  assert.deepEqual(await seriousFindings(page), []);
  await drawer.getByRole("button", { name: "确认通过" }).click();
  await page.getByText("没有待复核的调整").waitFor();
  await openAccounts(page);

  assert.equal(await figure(page, "可用"), start + 1500);
  assert.equal(complaints.filter((text) => !text.includes("422")).length, 0, complaints.join("\n"));
});

test("finance reads a statement, the liability and the verification", async () => {
  const { page, complaints } = browser;
  await openAccounts(page);
  const owned = (await figure(page, "可用")) + (await figure(page, "冻结")) + (await figure(page, "待到账"));
  const owed = await figure(page, "欠分");
  complaints.length = 0;

  await page.getByRole("button", { name: "对账单" }).click();
  await page.waitForURL(/\/statement/);
  await settled(page);
  const closing = await figure(page, "期末");
  const opening = await figure(page, "期初");
  const moved = (await figure(page, "期间增加")) + (await figure(page, "期间减少"));
  const [sheet] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "下载表格" }).click(),
  ]);
  assert.deepEqual(await seriousFindings(page), []);
  await page.goto("/finance/liability");
  await settled(page);
  const outstanding = await figure(page, "会员手里");
  assert.deepEqual(await seriousFindings(page), []);
  await page.goto("/finance/verification");
  await settled(page);
  await page.getByRole("button", { name: "立即校验" }).click();
  await page.locator("main table").filter({ hasText: "谁发起" }).getByText("你").first().waitFor();
  await page.getByText("通过：账本没有发现问题").waitFor({ timeout: 90_000 });

  assert.equal(closing, owned - owed);
  assert.equal(opening + moved, closing);
  assert.match(sheet.suggestedFilename(), /^statement-\d+-points-.*\.csv$/);
  assert.ok(outstanding >= owned);
  assert.deepEqual(await seriousFindings(page), []);
  assert.deepEqual(complaints, []);
});

/** Someone with points and nothing owed, so that the sums of these stories are plain. */
function someMember(page) {
  return page.evaluate(async () => {
    const { items } = await (await fetch("/v1/members?limit=50&sort=-points_available")).json();
    return items.find((one) => one.order_count < 40 && one.points_debt === 0).id;
  });
}

async function openAccounts(page) {
  await page.goto(`/members/${member}?tab=points`);
  await settled(page);
}

const dialog = (page) => page.locator(".ant-modal");

/** What a figure shows, as a number. */
async function figure(page, label) {
  const text = await page.locator(`main button[aria-label^="${label} "]`).first().innerText();
  return Number(text.replaceAll(",", "").replace("−", "-").replace("+", ""));
}

async function reaches(page, label, wanted) {
  const text = wanted.toLocaleString("en-GB");
  await page.locator(`main button[aria-label^="${label} ${text}."]`).first().waitFor();
}

async function fill(page, action, values) {
  await page.locator("main").getByRole("button", { name: action, exact: true }).first().click();
  await dialog(page).waitFor();
  for (const [label, value] of Object.entries(values)) await dialog(page).getByLabel(label).fill(value);
}

async function finish(page, action) {
  await dialog(page).getByRole("button", { name: action, exact: true }).click();
  await dialog(page).waitFor({ state: "detached" });
}

async function operate(page, action, values) {
  await fill(page, action, values);
  await finish(page, action);
}
