import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { seriousFindings } from "../axe.mjs";
import { openBrowser, settled, signIn } from "../browser.mjs";

let browser;
before(async () => {
  browser = await openBrowser();
  await signIn(browser.page);
});
after(() => browser.close());

async function unread(page) {
  return page.evaluate(async () => (await (await fetch("/v1/session/notices/unread")).json()).count);
}

test("an export that was asked for is told at the bell, opened, and read", async () => {
  const { page, complaints } = browser;
  const before = await unread(page);
  const asked = await page.evaluate(async () => {
    const answered = await fetch("/v1/exports", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Shuke-Client": "console" },
      body: JSON.stringify({ list: "members", reason: "story" }),
    });
    return answered.status;
  });
  assert.ok(asked < 300, `the export was answered with ${asked}`);
  const deadline = Date.now() + 60_000;
  while ((await unread(page)) <= before && Date.now() < deadline) await page.waitForTimeout(500);
  await page.goto("/");
  await settled(page);

  await page.getByRole("button", { name: /通知，\d+ 条未读/ }).click();
  const first = page.locator(".ant-popover li a").first();
  await first.waitFor();
  assert.match(await first.innerText(), /导出/);
  await first.click();
  await page.waitForURL(/settings\/exports/);
  await settled(page);
  assert.deepEqual(complaints, []);
});

test("everybody chooses what to be told of, and the page is fit for everybody", async () => {
  const { page, complaints } = browser;
  await page.goto("/notices");
  await settled(page);
  const kind = page.getByRole("switch", { name: "导出完成" });
  await kind.click();
  await page.waitForFunction(async () => {
    const { items } = await (await fetch("/v1/session/notice-kinds")).json();
    return items.some((one) => one.code === "exports.done" && !one.is_on);
  });
  await kind.click();
  await page.waitForFunction(async () => {
    const { items } = await (await fetch("/v1/session/notice-kinds")).json();
    return items.some((one) => one.code === "exports.done" && one.is_on);
  });
  await page.getByRole("button", { name: "全部标为已读" }).first().waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  assert.deepEqual(complaints, []);
});
