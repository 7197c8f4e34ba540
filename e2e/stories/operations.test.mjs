import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { seriousFindings } from "../axe.mjs";
import { narrow, openBrowser, settled, signIn } from "../browser.mjs";

let browser;
before(async () => {
  browser = await openBrowser();
  await signIn(browser.page);
});
after(() => browser.close());

test("the system page answers whether everything is well", async () => {
  const { page, complaints } = browser;
  await page.goto("/settings/system");
  await page.getByText("后台程序正在运行").waitFor();
  const groups = await page.locator("main h2").allInnerTexts();
  for (const group of ["后台任务", "备份与安全", "数据库", "程序"]) assert.ok(groups.includes(group), group);
  assert.deepEqual(await seriousFindings(page), []);
  assert.deepEqual(complaints, []);
});

test("a schedule runs ahead of time and says how it ended", async () => {
  const { page, complaints } = browser;
  await page.goto("/settings/background?tab=schedules");
  await settled(page);
  const row = page.locator("tr", { hasText: "清理旧通知" });
  await row.getByRole("button", { name: "立即执行" }).click();
  await page.waitForFunction(async () => {
    const { items } = await (await fetch("/v1/operations/schedules")).json();
    return items.some((one) => one.name === "notices.forget_old" && one.last?.outcome === "done" && !one.is_running);
  }, undefined, { timeout: 60_000 });
  await row.getByText("成功").waitFor();
  assert.deepEqual(complaints, []);
});

test("the event log is read by kind, and an event opens", async () => {
  const { page, complaints } = browser;
  await page.evaluate(async () => {
    await fetch("/v1/members", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Shuke-Client": "console" },
      body: JSON.stringify({ name: "事件", phone: `154${String(Date.now()).slice(-8)}` }),
    });
  });
  await page.goto("/settings/background?tab=events&name=member.joined");
  await settled(page);
  await page.locator("tbody tr", { hasText: "新会员" }).first().click();
  await page.locator(".ant-drawer-open").getByRole("link", { name: "打开会员" }).waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  assert.deepEqual(complaints, []);
});

test("background work reads on a phone and in English", async () => {
  const phone = await openBrowser({ viewport: narrow, language: "en" });
  try {
    await signIn(phone.page);
    for (const tab of ["jobs", "schedules", "readers", "events"]) {
      await phone.page.goto(`/settings/background?tab=${tab}`);
      await settled(phone.page);
      const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= narrow.width, `${tab} is ${width} wide`);
    }
    assert.deepEqual(phone.complaints, []);
  } finally {
    await phone.close();
  }
});
