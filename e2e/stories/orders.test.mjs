import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, settled, signIn } from "../browser.mjs";

let browser;
before(async () => {
  browser = await openBrowser({ language: "en" });
  await signIn(browser.page);
});
after(() => browser.close());

test("a refund leads back to the sale it belongs to", async () => {
  const { page, complaints } = browser;
  const refunds = await page.evaluate(async () =>
    (await (await fetch("/v1/orders?kind=refund&limit=100")).json()).items.map((refund) => refund.id),
  );
  const matched = await page.evaluate(async (ids) => {
    for (const id of ids) {
      const order = await (await fetch(`/v1/orders/${id}`)).json();
      if (order.matches?.some((match) => match.order)) return id;
    }
    return null;
  }, refunds);
  assert.ok(matched, "no refund with a sale among the latest hundred");
  await page.goto(`/sales/orders/${matched}`);
  await settled(page);
  complaints.length = 0;

  await page.locator("main td a").first().click();
  await page.getByRole("heading", { level: 1, name: /^Sale / }).waitFor();

  assert.deepEqual(complaints, []);
});
