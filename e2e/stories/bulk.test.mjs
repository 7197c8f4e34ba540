import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { seriousFindings } from "../axe.mjs";
import { ask } from "../ask.mjs";
import { narrow, openBrowser, settled, signIn } from "../browser.mjs";

const mark = String(Date.now()).slice(-8);
const ids = [];

let browser;
before(async () => {
  browser = await openBrowser();
  await signIn(browser.page);
  for (let number = 0; number < 3; number++) {
    const body = {
      name: `批量${mark}`,
      phone: `154${mark.slice(1)}${number}`,
      card: `BULK${mark}${number}`,
      source: { channel: `c${mark}` },
    };
    ids.push((await ask(browser.page, "POST", "/v1/members", body)).id);
  }
});
after(() => browser.close());

const condition = JSON.stringify({
  combinator: "and",
  not: false,
  rules: [{ field: "member.channel", operator: "=", value: `c${mark}` }],
});

test("a condition is put together with its sentence and a live count, and stays in the address", async () => {
  const { page, complaints } = browser;
  complaints.length = 0;
  await page.goto(`/members?condition=${encodeURIComponent(condition)}`);
  await settled(page);
  assert.equal(await page.locator("main tbody tr.ant-table-row").count(), 3);

  await page.getByRole("button", { name: "修改条件" }).click();
  const drawer = page.getByRole("dialog", { name: "按条件筛选会员" });
  await drawer.getByText(`来源渠道是“c${mark}”`).waitFor();
  await drawer.getByText("符合条件的会员：3 位").waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  await drawer.getByRole("button", { name: "清除条件" }).click();
  await drawer.getByRole("button", { name: "查看这些会员" }).click();
  await page.waitForURL((url) => !url.search.includes("condition"));
  await page.goBack();
  await settled(page);

  assert.equal(await page.locator("main tbody tr.ant-table-row").count(), 3);
  assert.deepEqual(complaints, []);
});

test("all that match are frozen after a preview, and unfrozen again", async () => {
  const { page, complaints } = browser;
  await ask(page, "POST", `/v1/members/${ids[0]}/status`, { status: "frozen", reason: "先冻结" });
  complaints.length = 0;
  await page.goto(`/members?condition=${encodeURIComponent(condition)}`);
  await settled(page);
  await page.locator("main thead .ant-checkbox-input").check();
  await page.getByRole("button", { name: "批量操作" }).click();
  await page.getByRole("menuitem", { name: "冻结或恢复" }).click();
  const dialog = page.getByRole("dialog", { name: "冻结或恢复" });
  await dialog.getByText("冻结", { exact: true }).click();
  await dialog.getByLabel("原因").fill("门店要求");
  await dialog.getByRole("button", { name: /预\s*览/ }).click();

  await dialog.getByText("已经是这个状态").waitFor();
  assert.match(await dialog.innerText(), /将执行\s*2 位[\s\S]*将跳过\s*1 位/);
  await dialog.getByRole("button", { name: "确认执行" }).click();
  await dialog.getByText("完成 2 位，跳过 1 位").waitFor();
  const frozen = await Promise.all(ids.map((id) => ask(page, "GET", `/v1/members/${id}`)));
  await dialog.getByRole("button", { name: /撤\s*销/ }).click();
  await page.getByRole("tooltip").getByRole("button", { name: /确\s*[定认]/ }).click();
  await dialog.getByText("已撤销 2 位").waitFor();
  const back = await Promise.all(ids.map((id) => ask(page, "GET", `/v1/members/${id}`)));

  assert.deepEqual(frozen.map((member) => member.status), ["frozen", "frozen", "frozen"]);
  assert.deepEqual(back.map((member) => member.status), ["frozen", "active", "active"]);
  assert.deepEqual(complaints, []);
});

test("acts are found again with their progress, in English and on a phone", async () => {
  const phone = await openBrowser({ viewport: narrow, language: "en" });
  try {
    await signIn(phone.page);
    await phone.page.goto("/members/bulk");
    await settled(phone.page);
    await phone.page.getByText("Freeze or restore").first().waitFor();
    const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 390, `${width} px wide`);
    assert.deepEqual(await seriousFindings(phone.page), []);
    assert.deepEqual(phone.complaints, []);
  } finally {
    await phone.close();
  }
});
