import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer as ask } from "../ask.mjs";
import { openBrowser, settled, signIn } from "../browser.mjs";

let browser;
let was;
const stamp = Date.now();

before(async () => {
  browser = await openBrowser({ language: "en" });
  await signIn(browser.page);
  was = (await ask(browser.page, "GET", "/v1/checkout/policies")).body.policies;
});
after(async () => {
  if (was) await ask(browser.page, "PUT", "/v1/checkout/policies", was);
  await browser.close();
});

test("points pay once the shop says so", async () => {
  const { page } = browser;
  await ask(page, "PUT", "/v1/checkout/policies", { ...was, points_payment: { ...was.points_payment, is_on: false } });
  await page.goto("/loyalty/checkout");
  await settled(page);
  await page.getByText("Points are not taken; customers pay with money alone.").waitFor();

  await page.getByRole("switch").first().click();
  await page.getByLabel("Most of an order").fill("50");
  await page.getByText(/takes at most .* points/).waitFor();
  await page.getByRole("button", { name: "Save settings" }).click();
  await page.getByText("Settings saved").waitFor();

  const { body } = await ask(page, "GET", "/v1/checkout/policies");
  assert.equal(body.policies.points_payment.is_on, true);
  assert.equal(body.policies.points_payment.most_percent, 50);
});

test("a change of somebody else is not written over", async () => {
  const { page } = browser;
  await page.goto("/loyalty/checkout");
  await settled(page);
  const { body: now } = await ask(page, "GET", "/v1/checkout/policies");
  const changed = { ...now.policies, products: { unknown: "refuse" } };
  await ask(page, "PUT", "/v1/checkout/policies", changed);

  await page.getByLabel("Step").fill("10");
  await page.getByRole("button", { name: "Save settings" }).click();
  await page.getByRole("button", { name: "Load the latest" }).click();
  await page.getByRole("radio", { name: /Refuse the order/, checked: true }).waitFor();

  const { body: kept } = await ask(page, "GET", "/v1/checkout/policies");
  assert.deepEqual(kept.policies, changed);
});

test("a cart says what it costs", async () => {
  const { page } = browser;
  const { body: products } = await ask(page, "GET", "/v1/products?limit=1");
  await page.goto("/loyalty/checkout?tab=quote");
  await settled(page);
  await page.getByLabel("Product code").fill(products.items[0].code);
  await page.getByLabel("Quantity").fill("2");
  await page.getByLabel("Unit price").fill("125");
  await page.getByRole("button", { name: "Work it out" }).click();

  await page.getByText("To pay").waitFor();
  assert.match(await page.locator("[aria-live=polite]").last().innerText(), /250\.00/);
});

test("an amount of an order is refunded, and what that did is told", async () => {
  const { page } = browser;
  const { body: sales } = await ask(page, "GET", "/v1/orders?kind=sale&limit=50");
  const sale = sales.items.find((one) => one.member && one.status === "paid" && one.net_minor > 1_000);
  assert.ok(sale, "no sale of a member that was not refunded yet");
  await page.goto(`/sales/orders/${sale.id}`);
  await settled(page);
  await page.getByRole("button", { name: "Refund", exact: true }).click();
  const drawer = page.locator(".ant-drawer");
  await drawer.getByText("By amount").click();
  await drawer.getByLabel("Amount to refund").fill("5");
  await drawer.getByLabel("Refund number").fill(`E2E-${stamp}`);
  await drawer.getByRole("button", { name: "Refund now" }).click();

  await drawer.getByText(`Refunded as E2E-${stamp}`).waitFor();
  assert.match(await drawer.innerText(), /Money to give back/);
  const { body: after } = await ask(page, "GET", `/v1/orders/${sale.id}`);
  assert.equal(after.net_minor, sale.net_minor - 500);
  assert.deepEqual(
    after.refunds.map(({ number, amount_minor }) => [number, Math.abs(amount_minor)]),
    [[`E2E-${stamp}`, 500]],
  );
});

test("a refund that came before its order is listed", async () => {
  const { page } = browser;
  const { body: system } = await ask(page, "GET", "/v1/system");
  const sent = await ask(page, "POST", "/v1/checkout/refund", {
    source: "e2e",
    number: `WAIT-${stamp}`,
    refund_of: `LATE-${stamp}`,
    placed_at: system.now,
    is_whole: true,
  });
  assert.equal(sent.status, 202);

  await page.goto("/loyalty/checkout?tab=waiting");
  await settled(page);
  await page.getByRole("cell", { name: `WAIT-${stamp}` }).waitFor();
});
