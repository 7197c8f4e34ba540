import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { seriousFindings } from "../axe.mjs";
import { openBrowser, settled, signIn } from "../browser.mjs";

let browser;
before(async () => {
  browser = await openBrowser();
  await signIn(browser.page);
});
after(() => browser.close());

const card = (page, key) => page.locator(`main [data-card="${key}"]`);

test("the board is arranged by its user, stays so, and goes back to the usual one", async () => {
  const { page, complaints } = browser;
  complaints.length = 0;
  await home(page);
  assert.equal(await card(page, "coupons").count(), 0);

  await page.getByRole("button", { name: "调整布局" }).click();
  await page.getByRole("button", { name: "保存布局" }).waitFor();
  await settled(page);
  await page.getByRole("button", { name: "每日销售额：更多" }).click();
  await page.getByRole("menuitem", { name: "移除卡片" }).click();
  await card(page, "days").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "添加卡片" }).click();
  await page.getByRole("button", { name: "添加 优惠券" }).click();
  await page.keyboard.press("Escape");
  await drag(page, "tiers", { x: -500, y: 0 });
  const moved = await left(page, "tiers");
  await page.getByRole("button", { name: "保存布局" }).click();
  await page.getByRole("button", { name: "调整布局" }).waitFor();

  await page.reload();
  await settled(page);
  await card(page, "coupons").waitFor();
  assert.equal(await card(page, "days").count(), 0);
  assert.ok(Math.abs((await left(page, "tiers")) - moved) < 4, "the card stands where it was put");

  await page.getByRole("button", { name: "调整布局" }).click();
  await page.getByRole("button", { name: "恢复默认" }).click();
  await card(page, "days").waitFor();
  assert.equal(await card(page, "coupons").count(), 0);
  assert.deepEqual(complaints, []);
  assert.deepEqual(await seriousFindings(page), []);
});

test("a period stands beside the year before, and the address keeps it", async () => {
  const { page } = browser;
  await home(page);
  await page.getByText("最近 30 天").click();
  await page.getByRole("combobox", { name: "对比" }).click();
  await page.locator(".ant-select-item-option").getByText("对比去年同期").click();
  await page.waitForURL(/compare=last_year/);
  await settled(page);
  const shown = await page.evaluate(async () => {
    const { today } = await (await fetch("/v1/system")).json();
    const from = new Date(Date.parse(today) - 29 * 86_400_000).toISOString().slice(0, 10);
    return (await fetch(`/v1/dashboard?from=${from}&to=${today}&compare=last_year`)).json();
  });

  assert.equal(shown.previous.from.slice(0, 4), String(Number(shown.period.from.slice(0, 4)) - 1));
  await page.getByText(`对比 ${shown.previous.from} 至 ${shown.previous.to}`).waitFor();
  await card(page, "orders").getByText(shown.figures.orders.value.toLocaleString("zh-CN"), { exact: true }).waitFor();
});

test("figures explain themselves, and leave as a table and as a picture", async () => {
  const { page } = browser;
  await home(page);
  await card(page, "orders").getByRole("button", { name: /看看怎么算的/ }).click();
  await page.getByText("查看这段时间的订单").click();
  await page.waitForURL(/\/sales\/orders\?.*from=/);

  await home(page);
  const table = await taken(page, "全部数字（CSV）");
  const text = await readFile(await table.path(), "utf8");
  assert.match(table.suggestedFilename(), /^figures-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  assert.match(text, /^\ufeff指标,/);
  assert.match(text, /\n会员总数,\d+/);

  const picture = await taken(page, "存为图片");
  const bytes = await readFile(await picture.path());
  assert.match(picture.suggestedFilename(), /\.png$/);
  assert.equal(bytes.subarray(1, 4).toString(), "PNG");
  assert.ok(bytes.length > 20_000, `${bytes.length} bytes are no picture of a board`);
});

async function home(page) {
  await page.goto("/");
  await settled(page);
  await card(page, "orders").waitFor();
}

async function left(page, key) {
  return Math.round((await card(page, key).boundingBox()).x);
}

async function drag(page, key, by) {
  const box = await card(page, key).boundingBox();
  const start = { x: box.x + box.width / 2, y: box.y + 22 };
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + by.x / 2, start.y + by.y / 2 + 4, { steps: 6 });
  await page.mouse.move(start.x + by.x, start.y + by.y, { steps: 6 });
  await page.mouse.up();
  await page.waitForTimeout(400);
}

async function taken(page, item) {
  await page.locator("main header").getByRole("button", { name: "导出" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: item }).click(),
  ]);
  return download;
}
