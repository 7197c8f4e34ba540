import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer } from "../ask.mjs";
import { openBrowser, settled, signIn } from "../browser.mjs";

const mark = String(Date.now()).slice(-8);
const code = `story-${mark}`;
const secret = `青石 板路 ${mark} 油纸伞`;
let operator;
let cashier;
let member;
let product;
let store;

before(async () => {
  operator = await openBrowser();
  cashier = await openBrowser();
  await signIn(operator.page);
  const { page } = operator;
  const made = await ask(page, "POST", "/v1/members", { phone: `138${mark}`, name: "林晓" });
  member = made.body;
  product = (await ask(page, "GET", "/v1/products?limit=1")).body.items[0].code;
  store = (await ask(page, "POST", "/v1/stores", { code: `C${mark}`, name: `河坊街店${mark}` })).body;
});
after(() => Promise.all([operator.close(), cashier.close()]));

test("an operator makes an amount-off coupon, reads what it says, and publishes it", async () => {
  const { page, complaints } = operator;
  complaints.length = 0;
  await page.goto("/loyalty/coupons/new");
  await settled(page);
  await page.getByLabel("中文名称", { exact: true }).fill(`满百减十五 ${mark}`);
  await page.getByLabel("英文名称", { exact: true }).fill(`15 off 100 ${mark}`);
  await page.getByLabel("代码", { exact: true }).fill(code);
  await page.getByLabel("减多少", { exact: true }).fill("15");
  await page.getByText(/满 £?100.*减 £?15/).first().waitFor();
  await page.getByText("可以发布", { exact: true }).waitFor();
  await page.getByRole("button", { name: "保存草稿" }).click();
  await page.waitForURL(new RegExp(`/loyalty/coupons/${code}$`));
  await settled(page);

  await page.getByRole("button", { name: "发布", exact: true }).click();
  const dialog = page.locator(".ant-modal");
  await dialog.getByText(/满 £?100.*减 £?15/).first().waitFor();
  await dialog.getByRole("button", { name: "发布", exact: true }).click();
  await page.getByText("已发布").first().waitFor();
  assert.deepEqual(complaints, []);

  const { body } = await ask(page, "GET", `/v1/coupon-templates/${code}`);
  assert.equal(body.state, "published");
  assert.equal(body.terms.discount.off_minor, 1500);
});

test("it is given to a member, taken off a cart, and seen as redeemed", async () => {
  const { page, complaints } = operator;
  await page.goto(`/members/${member.id}?tab=coupons`);
  await settled(page);
  await page.getByRole("button", { name: "发券" }).click();
  const dialog = page.locator(".ant-modal");
  await dialog.getByLabel("优惠券").fill(mark);
  await page.locator(".ant-select-item-option", { hasText: mark }).first().click();
  await dialog.getByLabel("原因").fill("周年礼");
  await dialog.getByRole("button", { name: "发放", exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.locator("main li", { hasText: `满百减十五 ${mark}` }).waitFor();

  await page.goto("/loyalty/checkout?tab=quote");
  await settled(page);
  await page.getByLabel("商品编码").fill(product);
  await page.getByLabel("单价").fill("120");
  await page.getByLabel("会员手机号").fill(`138${mark}`);
  await page.getByRole("button", { name: "试算", exact: true }).click();
  const quoted = page.locator("main li", { hasText: `满百减十五 ${mark}` });
  await quoted.waitFor();
  assert.match(await quoted.innerText(), /15\.00/);
  assert.deepEqual(complaints, []);

  const { body: held } = await ask(page, "GET", `/v1/coupons?member=${member.id}`);
  const { body: system } = await ask(page, "GET", "/v1/system");
  const sold = await ask(page, "POST", "/v1/checkout/commit", {
    source: "e2e",
    number: `COUPON-${mark}`,
    placed_at: system.now,
    store: store.code,
    member: { id: member.id },
    lines: [{ product, quantity: "1", unit_price: "120" }],
    coupons: [held.items[0].code],
  });
  assert.deepEqual(sold.body.coupons, [{ code: held.items[0].code, discount_minor: 1500 }]);

  await page.goto(`/members/${member.id}?tab=coupons&coupons=used`);
  await settled(page);
  const used = page.locator("main li", { hasText: `满百减十五 ${mark}` });
  assert.match(await used.innerText(), /已核销[\s\S]*15\.00[\s\S]*COUPON-/);

  await page.goto(`/loyalty/coupons/${code}?tab=figures`);
  await settled(page);
  const figures = await page.locator("main").innerText();
  assert.match(figures, /核销\s*1\n/);
  assert.match(figures, /15\.00/);
});

test("a cashier redeems a gift at the till, and takes it back", async () => {
  const { page } = operator;
  const gift = `gift-${mark}`;
  await ask(page, "POST", "/v1/coupon-templates", {
    code: gift,
    name: { zh: `换购 ${mark}`, en: `Gift ${mark}` },
    terms: { discount: { kind: "gift", products: [product], pieces: 1 }, validity: { kind: "relative", days: 30 } },
    issuing: {},
  });
  const { body: draft } = await ask(page, "GET", `/v1/coupon-templates/${gift}`);
  await ask(page, "POST", `/v1/coupon-templates/${gift}/publish`, undefined, { "If-Match": `"${draft.version}"` });
  const given = await ask(page, "POST", "/v1/coupons", { member: String(member.id), template: gift, reason: "周年礼" });
  await hire(page);

  const till = cashier.page;
  await signIn(till, { name: `till${mark}`, secret });
  cashier.complaints.length = 0;
  await till.goto("/sales/redeem-coupons");
  await settled(till);
  await till.getByLabel("券码").fill(given.body.code);
  await till.keyboard.press("Enter");
  await till.locator("main").getByText("可使用", { exact: true }).waitFor();
  await till.getByRole("button", { name: "核销", exact: true }).click();
  await till.getByText("请把商品交给顾客。").waitFor();
  assert.equal(await stateOf(page, given.body.code), "redeemed");

  await till.getByRole("button", { name: "撤销核销" }).first().click();
  const dialog = till.locator(".ant-modal");
  await dialog.getByLabel("原因").fill("扫错了");
  await dialog.getByRole("button", { name: "撤销核销" }).click();
  await till.getByText("已撤销，券可以再次使用。").waitFor();
  await till.locator("main tbody").getByText("已撤销", { exact: true }).waitFor();
  assert.equal(await stateOf(page, given.body.code), "issued");
  assert.deepEqual(cashier.complaints, []);
});

/** A cashier of the store, who has chosen a password of their own. */
async function hire(page) {
  const { body: hired } = await ask(page, "POST", "/v1/staff/users", {
    username: `till${mark}`,
    display_name: "小钱",
    roles: ["cashier"],
    stores: [store.id],
  });
  const { page: theirs } = cashier;
  await signIn(theirs, { name: `till${mark}`, secret: hired.password });
  await theirs.waitForURL(/\/password/);
  await theirs.getByLabel("现在的密码", { exact: true }).fill(hired.password);
  for (const label of ["新密码", "再输一遍新密码"]) await theirs.getByLabel(label, { exact: true }).fill(secret);
  await theirs.getByRole("button", { name: "更换密码" }).click();
  await theirs.waitForURL((url) => !url.pathname.startsWith("/password"));
}

async function stateOf(page, coupon) {
  return (await ask(page, "GET", `/v1/coupons/${coupon}`)).body.state;
}

/** Asks the server as the signed-in person, once however often; what it refuses ends the story. */
async function ask(page, method, address, body, headers = {}) {
  const once = { "Idempotency-Key": `${address}-${mark}`.replace(/[^\w-]/g, "_"), ...headers };
  const said = await answer(page, method, address, body, once);
  assert.ok(said.status < 400, `${method} ${address}: ${JSON.stringify(said.body)}`);
  return said;
}
