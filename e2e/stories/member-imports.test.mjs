import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { seriousFindings } from "../axe.mjs";
import { openBrowser, settled, signIn } from "../browser.mjs";

const mark = String(Date.now()).slice(-8);
const known = `151${mark}`;
const fresh = [`152${mark}`, `153${mark}`];
let browser;
let member;

before(async () => {
  browser = await openBrowser();
  await signIn(browser.page);
  member = await browser.page.evaluate(async (phone) => {
    const answer = await fetch("/v1/members", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Shuke-Client": "console" },
      body: JSON.stringify({ phone, name: "韩雪" }),
    });
    return answer.json();
  }, known);
});
after(() => browser.close());

test("a file is tried, imported, its bad rows handed back, and all of it undone", async () => {
  const { page, complaints } = browser;
  await page.goto("/settings/member-imports");
  await settled(page);
  complaints.length = 0;

  await page.locator("input[type=file]").setInputFiles({ name: `名单${mark}.csv`, mimeType: "text/csv", buffer: file() });
  await page.waitForURL(/\/settings\/member-imports\/\d+$/);
  const address = new URL(page.url()).pathname;
  await page.getByText("每一列是什么").waitFor();
  await page.getByRole("button", { name: "试算一遍" }).click();
  await page.getByText("试算结果：什么都还没有改").waitFor({ timeout: 60_000 });
  assert.deepEqual(await fates(page), outcome);
  assert.deepEqual(await found(page), [0, 0], "a trial signs nobody up");
  assert.deepEqual(await seriousFindings(page), []);

  await page.getByRole("button", { name: "开始导入", exact: true }).click();
  await page.getByText("导入结果", { exact: true }).waitFor({ timeout: 60_000 });
  assert.deepEqual(await fates(page), outcome);
  assert.deepEqual(await found(page), [1, 1]);
  assert.equal((await kept(page)).gender, "female");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "下载退回的行" }).click(),
  ]);
  const rejects = await readFile(await download.path(), "utf8");
  assert.match(rejects, /不是电话/);
  assert.match(rejects, /没有手机号、邮箱、卡号或外部编号/);
  assert.ok(!rejects.includes(fresh[0]), "only what was handed back");

  await page.getByRole("button", { name: "撤销这次导入" }).click();
  await page.locator(".ant-modal").getByRole("button", { name: /^撤\s?销$/ }).click();
  await page.getByText("撤销结果").waitFor({ timeout: 60_000 });
  const undone = await (await page.request.get(`/v1${address.replace("/settings", "")}`)).json();
  assert.deepEqual(undone.undo, { removed: 2, restored: 1, partly: 0, kept: 0 });
  assert.deepEqual(await found(page), [0, 0]);
  assert.equal((await kept(page)).gender, null);
  assert.deepEqual(complaints, []);
});

/** Two new people, one who is known and whose gender is not, and two rows that cannot be read. */
function file() {
  const rows = [
    ["手机号", "姓名", "性别"],
    [fresh[0], "陆一鸣", "男"],
    [fresh[1], "许知远", ""],
    [known, "韩雪", "女"],
    ["不是电话", "何处", "男"],
    ["", "无名", "女"],
  ];
  return Buffer.from(`${rows.map((row) => row.join(",")).join("\r\n")}\r\n`);
}

const outcome = { 新会员: 2, 更新: 1, 没有变化: 0, 按规则略过: 0, 文件内重复: 0, 号码冲突: 0, 无法读取: 2 };

/** What became of the rows, as the page says it. */
async function fates(page) {
  const shown = await page.locator("main dl > div").evaluateAll((all) =>
    all.map((one) => [one.querySelector("dt").textContent, Number(one.querySelector("dd").textContent)]),
  );
  return Object.fromEntries(shown.filter(([term]) => term in outcome));
}

/** How many members answer to each of the new numbers. */
function found(page) {
  return page.evaluate(
    (phones) =>
      Promise.all(phones.map(async (one) => (await (await fetch(`/v1/members?q=${one}`)).json()).items.length)),
    fresh,
  );
}

function kept(page) {
  return page.evaluate(async (id) => (await fetch(`/v1/members/${id}`)).json(), member.id);
}
