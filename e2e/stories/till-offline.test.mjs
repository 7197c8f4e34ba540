import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { answer as ask } from "../ask.mjs";
import { openBrowser, settled, signIn } from "../browser.mjs";

const mark = String(Date.now()).slice(-8);
const barcode = `69${mark}123`;
const coupon = `till-${mark}`;
const phone = `137${mark}`;
let browser;
let member;
let store;
let policies;

before(async () => {
  browser = await openBrowser();
  const { page } = browser;
  await signIn(page);
  member = (await ask(page, "POST", "/v1/members", { phone, name: "周宁" })).body;
  store = (await ask(page, "POST", "/v1/stores", { code: `T${mark}`, name: `青年路店${mark}` })).body;
  await ask(page, "POST", "/v1/products/batch", {
    products: [{ code: `P${mark}`, name: `藤编收纳篮${mark}`, price_minor: 6000, barcodes: [barcode] }],
  });
  policies = (await ask(page, "GET", "/v1/checkout/policies")).body.policies;
});
beforeEach(() => browser.page.context().setOffline(false));
after(async () => {
  const { page } = browser;
  await page.context().setOffline(false);
  if (policies) await ask(page, "PUT", "/v1/checkout/policies", policies);
  await browser.close();
});

test("the till goes on selling without the network, also after a reload, and each sale arrives once", async () => {
  const { page } = browser;
  await openTill(page);
  const context = page.context();
  await context.setOffline(true);
  await page.getByText("已断网").first().waitFor();
  const numbers = [await sell(page), await sell(page)];
  await page.reload();
  await page.getByText("已断网").first().waitFor();
  numbers.push(await sell(page));
  assert.equal((await kept(page, "sales")).length, 3);
  await page.getByText("3 笔待上传").waitFor();

  // The server gets the first delivery, and its answer is cut off on the way.
  const deliveries = [];
  await page.route("**/v1/orders/batch", async (route) => {
    const answer = await route.fetch();
    deliveries.push((await answer.json()).results.map(({ status }) => status));
    if (deliveries.length === 1) await route.abort();
    else await route.fulfill({ response: answer });
  });
  await context.setOffline(false);
  await until(page, async () => (await kept(page, "sales")).length === 0);
  await page.unroute("**/v1/orders/batch");

  assert.deepEqual(deliveries, [
    ["created", "created", "created"],
    ["unchanged", "unchanged", "unchanged"],
  ]);
  const { body: orders } = await ask(page, "GET", `/v1/members/${member.id}/orders`);
  assert.deepEqual(orders.items.map(({ number }) => number).sort(), numbers.sort());
  const earned = orders.items.reduce((sum, order) => sum + (order.points ?? 0), 0);
  assert.ok(earned > 0);
  const { body: quoted } = await ask(page, "POST", "/v1/checkout/quote", {
    source: "till",
    member: { id: member.id },
    lines: [{ product: `P${mark}`, quantity: "1", amount_minor: 6000 }],
  });
  assert.equal(quoted.points.available, earned);
});

test("a sale that the server sends back stays until somebody mends it", async () => {
  const { page } = browser;
  await openTill(page);
  await page.context().setOffline(true);
  await page.getByText("已断网").first().waitFor();
  const number = await sell(page, "M2222222222");
  await page.context().setOffline(false);
  await page.getByText("1 笔被退回").waitFor({ timeout: 60_000 });

  await page.getByRole("button", { name: "今日" }).click();
  const refused = page.locator("article", { hasText: number });
  await refused.getByRole("alert").waitFor();
  await refused.getByLabel("正确的手机号").fill(phone);
  await refused.getByRole("button", { name: "改手机号后补传" }).click();
  await page.getByText("没有等着补传的单").waitFor();

  const { body } = await ask(page, "GET", `/v1/orders/till:${number}`);
  assert.equal(body.member.id, member.id);
  await page.keyboard.press("Escape");
});

test("a sale with coupon and points is refunded in part, as it was foretold", async () => {
  const { page, complaints } = browser;
  const number = await soldWithCouponAndPoints(page);
  await openTill(page);
  complaints.length = 0;
  await page.getByRole("button", { name: "退款", exact: true }).click();
  const drawer = page.locator(".ant-drawer");
  await drawer.getByPlaceholder(/扫小票/).fill(number);
  await drawer.getByRole("button", { name: new RegExp(number) }).click();
  await drawer.getByRole("button", { name: /多退一件/ }).click();
  const act = drawer.getByRole("button", { name: /退给顾客/ });
  await act.waitFor();
  const foretold = (await act.innerText()).replace("退给顾客", "").trim();
  await act.click();
  await drawer.getByText(/已退款/).waitFor();

  const { body: order } = await ask(page, "GET", `/v1/orders/till:${number}`);
  assert.equal(order.refunds.length, 1);
  assert.equal(order.refunded_minor, 6000);
  const { body: refund } = await ask(page, "GET", `/v1/orders/${order.refunds[0].order_id}`);
  // Ten off by the coupon and one by points stood against two of them: each bears half.
  assert.deepEqual([refund.coupon_minor, refund.points_minor], [500, 50]);
  assert.match(foretold, /54\.50/);
  assert.deepEqual(complaints, []);
  await page.keyboard.press("Escape");
});

test("the day adds up what was sold and given back", async () => {
  const { page } = browser;
  const { body: system } = await ask(page, "GET", "/v1/system");
  const order = { source: "till", placed_at: system.now, store: store.code };
  await ask(page, "POST", "/v1/orders", {
    ...order,
    number: `T${mark}-day`,
    lines: [{ product: `P${mark}`, quantity: "1", unit_price: "60.00" }],
    payments: [{ method: "cash", amount_minor: 6000 }],
  });
  const back = { ...order, number: `T${mark}-day-1`, refund_of: `T${mark}-day`, is_whole: true };
  await ask(page, "POST", "/v1/checkout/refund", back);
  await openTill(page);
  await page.getByRole("button", { name: "今日" }).click();
  const drawer = page.locator(".ant-drawer");
  await drawer.getByText("收款方式").or(drawer.getByRole("list", { name: "收款方式" })).first().waitFor();
  const { body: day } = await ask(page, "GET", `/v1/takings?store=${store.id}`);
  const taken = day.taken.reduce((sum, { amount_minor }) => sum + amount_minor, 0);

  assert.equal(day.sales.money_minor, taken + day.untold_minor);
  assert.ok(day.refunds.count >= 1);
  const shown = await drawer.locator("dl").first().innerText();
  const money = (day.sales.money_minor / 100).toLocaleString("en-GB", { minimumFractionDigits: 2 });
  assert.ok(shown.includes(money), shown);
  await page.keyboard.press("Escape");
});

/** Opens the till as one that was open before: its files and its goods are in the browser. */
async function openTill(page) {
  await page.evaluate((code) => localStorage.setItem("shuke.till-store", code), store.code);
  await page.goto("/till");
  await settled(page);
  await page.getByText("已联网").first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await until(page, async () => (await kept(page, "facts")).some(({ key }) => key === "products.at"));
}

/** Two of the goods for a member, by keys alone; hands back the number on the receipt. */
async function sell(page, typed = phone) {
  const entry = page.getByPlaceholder("扫码，或输入商品、手机号、会员号、券码");
  await entry.fill(`2*${barcode}`);
  await entry.press("Enter");
  await page.getByText(`藤编收纳篮${mark}`).first().waitFor();
  await page.keyboard.press("F2");
  const who = page.getByPlaceholder(/^手机号、手机尾号/);
  await who.fill(typed);
  await who.press("Enter");
  await page.getByText("断网中：联网后记到这位会员名下").waitFor();
  await page.keyboard.press("F9");
  await page.getByRole("button", { name: "完成收款" }).click();
  const receipt = page.locator(".ant-modal", { hasText: "已收款，联网后上传" });
  await receipt.waitFor();
  const number = (await receipt.innerText()).match(new RegExp(`T${mark}-\\d{6}-\\d{6}-\\w{4}`))[0];
  await receipt.getByRole("button", { name: /下一位/ }).click();
  await receipt.waitFor({ state: "hidden" });
  return number;
}

async function soldWithCouponAndPoints(page) {
  const points = { ...policies.points_payment, is_on: true, points: 100, worth_minor: 100, step: 1, least: 0 };
  await ask(page, "PUT", "/v1/checkout/policies", { ...policies, points_payment: points });
  await ask(page, "POST", "/v1/coupon-templates", {
    code: coupon,
    name: { zh: `减十元 ${mark}`, en: `Ten off ${mark}` },
    terms: { discount: { kind: "amount_off", off_minor: 1000 }, validity: { kind: "relative", days: 30 } },
    issuing: {},
  });
  const { body: draft } = await ask(page, "GET", `/v1/coupon-templates/${coupon}`);
  await ask(page, "POST", `/v1/coupon-templates/${coupon}/publish`, undefined, { "If-Match": `"${draft.version}"` });
  const given = await ask(
    page,
    "POST",
    "/v1/coupons",
    { member: String(member.id), template: coupon, reason: "周年礼" },
    { "Idempotency-Key": coupon },
  );
  const { body: system } = await ask(page, "GET", "/v1/system");
  const number = `T${mark}-with-both`;
  const order = { source: "till", placed_at: system.now, store: store.code, member: { id: member.id } };
  const before = [{ product: `P${mark}`, quantity: "40", unit_price: "60.00" }];
  await ask(page, "POST", "/v1/orders", { ...order, number: `T${mark}-before`, lines: before });
  const sold = await ask(page, "POST", "/v1/orders", {
    ...order,
    number,
    lines: [{ product: `P${mark}`, quantity: "2", unit_price: "60.00" }],
    coupons: [given.body.code],
    points: 100,
    payments: [{ method: "wechat", amount_minor: 10900 }],
  });
  assert.equal(sold.status, 201, JSON.stringify(sold.body));
  return number;
}

/** Everything in one of the till's own stores in the browser. */
function kept(page, name) {
  return page.evaluate(
    (which) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("shuke-till");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction(which).objectStore(which);
          const keys = reading.getAllKeys();
          keys.onsuccess = () => {
            opening.result.close();
            resolve(keys.result.map((key) => ({ key })));
          };
        };
      }),
    name,
  );
}

async function until(page, isSo) {
  const end = Date.now() + 90_000;
  while (!(await isSo())) {
    assert.ok(Date.now() < end, "it took too long");
    await page.waitForTimeout(300);
  }
}
