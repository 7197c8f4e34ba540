import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask } from "../ask.mjs";
import { narrow, openBrowser, signIn } from "../browser.mjs";

const mark = String(Date.now()).slice(-8);
const secret = `青石 板路 ${mark} 油纸伞`;
const user = `cash${mark}`;
const phone = `139${mark}`;
const barcode = `69${mark}000`;
const open = `OPEN${mark}`;
let admin;
let cashier;
let member;
let coupon;
let store;
let was;

before(async () => {
  admin = await openBrowser();
  cashier = await openBrowser();
  await signIn(admin.page);
  const { page } = admin;
  was = (await ask(page, "GET", "/v1/checkout/policies")).policies;
  await ask(page, "PUT", "/v1/checkout/policies", {
    ...was,
    points_payment: {
      ...was.points_payment,
      is_on: true,
      points: 100,
      worth_minor: 100,
      step: 100,
      least: 100,
      most_percent: 50,
    },
  });
  store = await ask(page, "POST", "/v1/stores", { code: `K${mark}`, name: `河坊街店${mark}` });
  await ask(page, "POST", "/v1/products/batch", {
    products: [
      { code: `CUP${mark}`, name: `青瓷杯${mark}`, price_minor: 6000, barcodes: [barcode] },
      { code: open, name: `散茶${mark}`, price_minor: null },
    ],
  });
  member = await ask(page, "POST", "/v1/members", { phone, name: "林晓", source: { store_id: store.id } });
  const credit = { member: String(member.id), currency: "points", amount: 1000, reason: "周年" };
  await ask(page, "POST", "/v1/ledger/credits", credit, { "Idempotency-Key": `till-credit-${mark}` });
  coupon = await give(page, `till-${mark}`);
  await hire(page);
});
after(async () => {
  if (was) await ask(admin.page, "PUT", "/v1/checkout/policies", was);
  await Promise.all([admin.close(), cashier.close()]);
});

test("a cashier sells with a coupon and points by keyboard alone, and it is recorded once", async () => {
  const { page, complaints } = cashier;
  await openTill(page);
  complaints.length = 0;

  await scan(page, barcode);
  await page.getByRole("listitem").filter({ hasText: `青瓷杯${mark}` }).waitFor();
  await page.keyboard.press("+");
  await scan(page, phone);
  await page.getByRole("region", { name: "会员" }).getByText(member.number).waitFor();
  await quoted(page, "105.00");

  await page.keyboard.press("F4");
  const value = page.locator(".ant-modal");
  await value.getByRole("radio", { name: "不用" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("type") === "radio");
  await page.keyboard.press("ArrowDown");
  await value.getByRole("radio", { name: /最多/, checked: true }).waitFor();
  await page.keyboard.press("Enter");
  await quoted(page, "95.00");

  await page.keyboard.press("F9");
  const pay = page.locator(".ant-modal", { hasText: "收款" });
  const received = pay.getByRole("spinbutton");
  await received.waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "spinbutton");
  await page.keyboard.type("100");
  await pay.getByText(/找零\s*\D5\.00/).waitFor();
  await page.keyboard.press("Enter");

  const receipt = page.locator(".ant-modal", { hasText: "收款完成" });
  await receipt.waitFor();
  const printed = await receipt.locator("article").innerText();
  for (const sum of ["120.00", "15.00", "10.00", "95.00", "5.00"]) assert.ok(printed.includes(sum), `${sum}: ${printed}`);
  const number = printed.match(new RegExp(`K${mark}-\\d{6}-\\d{6}-\\w{4}`))?.[0];
  assert.ok(number, printed);
  const account = await points(admin.page);
  const balance = printed.match(/积分余额\s*([\d,]+)/)?.[1];
  assert.equal(Number(balance?.replace(",", "")), account.available);

  await page.keyboard.press("Enter");
  await page.getByText("请扫第一件商品").waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
  assert.deepEqual(complaints, []);

  const { items } = await ask(admin.page, "GET", `/v1/orders?q=${number}`);
  assert.deepEqual(
    items.map((one) => [one.number, one.gross_minor]),
    [[number, 12000]],
  );
  const order = await ask(admin.page, "GET", `/v1/orders/${items[0].id}`);
  assert.deepEqual([order.points_used, order.points_minor, order.coupon_minor], [1000, 1000, 1500]);
  assert.equal(order.member.id, member.id);
  assert.equal((await ask(admin.page, "GET", `/v1/coupons/${coupon}`)).state, "redeemed");
});

test("what was not found is signed up, and a product without a price is priced", async () => {
  const { page, complaints } = cashier;
  await openTill(page);
  const stranger = `137${mark}`;
  await scan(page, stranger);
  await page.getByText(`没有找到“${stranger}”`).waitFor();
  // The browser says of every refused request that it was refused; that nobody was found is an answer.
  complaints.length = 0;
  await page.getByRole("button", { name: "登记为会员" }).click();
  const dialog = page.locator(".ant-modal", { hasText: "登记会员" });
  await dialog.getByLabel("姓名").fill("周宁");
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "会员" }).getByText(/周/).waitFor();

  await scan(page, open);
  const price = page.getByRole("spinbutton", { name: `散茶${mark}的单价` });
  await price.waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "spinbutton");
  await page.keyboard.type("20");
  await page.keyboard.press("Enter");
  await quoted(page, "20.00");
  await page.keyboard.press("F8");
  await page.getByText("请扫第一件商品").waitFor();
  await page.keyboard.press("F8");
  await page.locator(".ant-modal", { hasText: "挂单" }).getByRole("button").filter({ hasText: "散茶" }).click();
  await quoted(page, "20.00");
  await page.keyboard.press("Delete");
  await page.getByText("请扫第一件商品").waitFor();
  assert.deepEqual(complaints, []);
});

test("a coupon that was used meanwhile is said, and nothing is sold", async () => {
  const { page } = cashier;
  await give(admin.page, `meanwhile-${mark}`);
  const before = (await ask(admin.page, "GET", `/v1/orders?q=K${mark}`)).items.length;
  await openTill(page);
  await scan(page, phone);
  await scan(page, barcode);
  await scan(page, barcode);
  await quoted(page, "105.00");
  await page.keyboard.press("F9");
  const pay = page.locator(".ant-modal", { hasText: "收款" });
  await pay.getByRole("spinbutton").waitFor();
  const lines = [{ product: `CUP${mark}`, quantity: "2", unit_price: "60" }];
  const cart = { source: "till", store: store.code, member: { id: member.id }, lines };
  const [used] = (await ask(admin.page, "POST", "/v1/checkout/quote", cart)).coupons;
  await ask(admin.page, "POST", "/v1/orders", {
    source: "web",
    number: `web-${mark}`,
    placed_at: (await ask(admin.page, "GET", "/v1/system")).now,
    store: store.code,
    member: { id: member.id },
    lines,
    coupons: [used.code],
  });

  await page.keyboard.press("Enter");
  await page.getByText("这笔没有成交，钱请先不要收。").waitFor();
  const { items } = await ask(admin.page, "GET", `/v1/orders?q=K${mark}`);
  assert.equal(items.length, before);
});

test("a phone is wide enough to sell with", async () => {
  const phoneBrowser = await openBrowser({ viewport: narrow });
  try {
    const { page } = phoneBrowser;
    await signIn(page, { name: user, secret });
    await openTill(page);
    await scan(page, barcode);
    await page.getByText(`青瓷杯${mark}`).waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
  } finally {
    await phoneBrowser.close();
  }
});

/** The till with nothing in hand. */
async function openTill(page) {
  await page.goto("/till");
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await page.locator("main input").first().waitFor();
}

/** As a scanner types: into whatever has the focus, with Enter at the end. */
async function scan(page, text) {
  await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

async function quoted(page, sum) {
  await page.locator("main").getByText(sum, { exact: false }).last().waitFor();
  await page.waitForFunction(() => document.querySelector('main [aria-busy="true"]') === null);
  await page.waitForFunction(
    (wanted) => [...document.querySelectorAll("main b.num")].at(-1)?.textContent?.includes(wanted),
    sum,
  );
}

async function give(page, code) {
  await ask(page, "POST", "/v1/coupon-templates", {
    code,
    name: { zh: `满百减十五 ${code}`, en: `15 off 100 ${code}` },
    terms: {
      discount: { kind: "amount_off", off_minor: 1500 },
      threshold: { least: 10000 },
      validity: { kind: "relative", days: 30 },
    },
    issuing: {},
  });
  const draft = await ask(page, "GET", `/v1/coupon-templates/${code}`);
  await ask(page, "POST", `/v1/coupon-templates/${code}/publish`, undefined, { "If-Match": `"${draft.version}"` });
  const wish = { member: String(member.id), template: code, reason: "周年礼" };
  const given = await ask(page, "POST", "/v1/coupons", wish, { "Idempotency-Key": code });
  return given.code;
}

async function points(page) {
  const { sections } = await ask(page, "GET", `/v1/members/${member.id}/overview`);
  return sections.find((one) => one.key === "points").data.accounts.find((one) => one.currency.code === "points");
}

/** A user with the role of a cashier, whose temporary password is exchanged already. */
async function hire(page) {
  const hired = await ask(page, "POST", "/v1/staff/users", {
    username: user,
    display_name: "小钱",
    roles: ["cashier"],
    stores: [store.id],
  });
  const { page: theirs } = cashier;
  await signIn(theirs, { name: user, secret: hired.password });
  await theirs.waitForURL(/\/password/);
  await theirs.getByLabel("现在的密码", { exact: true }).fill(hired.password);
  for (const label of ["新密码", "再输一遍新密码"]) await theirs.getByLabel(label, { exact: true }).fill(secret);
  await theirs.getByRole("button", { name: "更换密码" }).click();
  await theirs.waitForURL((url) => !url.pathname.startsWith("/password"));
}
