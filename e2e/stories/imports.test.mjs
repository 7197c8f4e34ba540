import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { openBrowser, settled, signIn } from "../browser.mjs";
import { notATable, ordersFile } from "./fixtures.mjs";

let browser;
before(async () => {
  browser = await openBrowser();
  await signIn(browser.page);
});
after(() => browser.close());

test("a file that is no table is refused with what to do", async () => {
  const { page } = browser;
  await page.goto("/settings/imports");
  await settled(page);

  await page.locator("input[type=file]").setInputFiles(await notATable());

  const told = page.locator("main [role=alert]");
  await told.waitFor();
  assert.match(await told.innerText(), /\p{Script=Han}{4,}/u);
  assert.equal(await page.getByRole("button", { name: "开始导入" }).isDisabled(), true);
  assert.equal(new URL(page.url()).pathname, "/settings/imports");
});

test("an import runs to its report, and the rejected lines can be downloaded", async () => {
  const { page } = browser;
  await page.goto("/settings/imports");
  await settled(page);

  await page.locator("input[type=file]").setInputFiles(await ordersFile());
  await page.getByRole("button", { name: "开始导入" }).click();
  await page.waitForURL(/\/settings\/imports\/\d+$/);
  await page.getByText("没有导入的原因").waitFor({ timeout: 60_000 });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "下载未导入的行" }).click(),
  ]);
  const rejects = await readFile(await download.path());

  assert.deepEqual([...rejects.subarray(0, 3)], [0xef, 0xbb, 0xbf], "spreadsheets need the mark to read UTF-8");
  assert.ok(rejects.toString("utf8").split("\n").length > 1);
});
