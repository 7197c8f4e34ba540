/**
 * Takes the pictures of the guide's page "first-shop", in both languages: on a program that was started empty, where it
 * makes what the page tells. SHUKE_GUIDE_PICTURES names another folder, SHUKE_GUIDE_ONLY some of the pictures.
 */
import assert from "node:assert/strict";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { answer, ask } from "./ask.mjs";
import { openBrowser, settled, signIn } from "./browser.mjs";

const folder = process.env.SHUKE_GUIDE_PICTURES ?? new URL("../docs/guide/pictures", import.meta.url).pathname;
const only = process.env.SHUKE_GUIDE_ONLY?.split(",");
const largest = 150_000;

const texts = {
  zh: {
    store: "巷口店",
    goods: ["酸种面包", "可颂", "美式咖啡"],
    kinds: ["面包", "饮品"],
    buyer: "苏晴",
    clerk: "周宁",
    role: "收银员",
    file: "会员.csv",
    header: "姓名,手机号,生日",
    people: ["林晓", "陈立", "王芳"],
    reason: "开业",
    tryIt: "试算一遍",
    tried: "试算结果",
    refund: "退款",
    more: /^多退一件/,
  },
  en: {
    store: "Corner store",
    goods: ["Sourdough loaf", "Croissant", "Americano"],
    kinds: ["Bread", "Drinks"],
    buyer: "Emma Clarke",
    clerk: "Ann Hill",
    role: "Cashier",
    file: "members.csv",
    header: "name,phone,birthday",
    people: ["Jane Moss", "Paul Reed", "Mary Dunn"],
    reason: "Opening",
    tryIt: "Dry run",
    tried: "Dry run: nothing has changed yet",
    refund: "Refund",
    more: /^One more of/,
  },
};
const barcodes = ["6900000000011", "6900000000028", "6900000000035"];

await mkdir(folder, { recursive: true });
for (const language of ["zh", "en"]) {
  const browser = await openBrowser({ language: language === "zh" ? "zh-CN" : "en" });
  try {
    await signIn(browser.page);
    await takeAll(browser.page, language);
  } finally {
    await browser.close();
  }
}

async function takeAll(page, language) {
  const words = texts[language];
  const phone = `138${String(Date.now()).slice(-8)}`;
  await ask(page, "PUT", "/v1/session/settings/tour", { value: { seen: true } });
  await ask(page, "DELETE", "/v1/session/settings/first-run");
  await prepare(page, words);
  const take = (name, act) => picture(page, `${name}.${language}`, act);

  await take("first-home", () => open(page, "/"));
  await take("first-staff", () => fillStaff(page, words));
  await take("first-products", () => open(page, "/sales/products"));
  await take("first-import", () => tryImport(page, words));
  await take("first-rule", () => open(page, "/loyalty/rules/welcome"));
  await take("first-tiers", () => open(page, "/loyalty/tiers"));
  await take("first-payment", () => open(page, "/loyalty/checkout"));
  await take("first-coupon", () => open(page, "/loyalty/coupons/welcome"));
  const member = await joins(page, phone, words);
  await take("first-till", () => fillTill(page, phone));
  await chooseValue(page);
  await take("first-receipt", () => pay(page));
  await take("first-refund", () => refund(page, words));
  await take("first-member", () => open(page, `/members/${member}?tab=points`));
}

/** What the page has told by then; what is there already stays. */
async function prepare(page, words) {
  await ask(page, "PATCH", "/v1/shop", {
    name_zh: "巷口面包",
    name_en: "Corner Bakery",
    programme_zh: "面包会员",
    programme_en: "Bread Club",
  });
  const stores = (await ask(page, "GET", "/v1/stores")).items;
  const known = stores.find((one) => one.code === "S1");
  if (known) await ask(page, "PATCH", `/v1/stores/${known.id}`, { name: words.store });
  else await ask(page, "POST", "/v1/stores", { code: "S1", name: words.store });
  await ask(page, "POST", "/v1/products/batch", {
    products: ["B01", "B02", "C01"].map((code, place) => ({
      code,
      name: words.goods[place],
      category: words.kinds[place === 2 ? 1 : 0],
      price_minor: [2800, 1200, 1800][place],
      barcodes: [barcodes[place]],
    })),
  });
  const { policies } = await ask(page, "GET", "/v1/checkout/policies");
  const payment = { ...policies.points_payment, is_on: true };
  await ask(page, "PUT", "/v1/checkout/policies", { ...policies, points_payment: payment });
  await publishCoupon(page);
  await publishRule(page);
}

async function publishCoupon(page) {
  if ((await answer(page, "GET", "/v1/coupon-templates/welcome")).status === 200) return;
  const made = await ask(page, "POST", "/v1/coupon-templates", {
    code: "welcome",
    name: { zh: "新客券", en: "Welcome coupon" },
    terms: {
      discount: { kind: "amount_off", off_minor: 500 },
      threshold: { least: 3000 },
      validity: { kind: "relative", days: 30 },
    },
    issuing: {},
  });
  await ask(page, "POST", "/v1/coupon-templates/welcome/publish", undefined, { "If-Match": `"${made.version}"` });
}

async function publishRule(page) {
  if ((await answer(page, "GET", "/v1/earning-rules/welcome")).status === 200) return;
  await ask(page, "POST", "/v1/earning-rules", {
    code: "welcome",
    name: { zh: "入会礼", en: "Welcome points" },
    definition: {
      activity: "sign_up",
      branches: [{ effects: [{ kind: "fixed", points: 200, currency: "points" }] }],
    },
  });
  await ask(page, "POST", "/v1/earning-rules/welcome/publish", {}, { "If-Match": '"1"' });
}

async function fillStaff(page, words) {
  await open(page, "/settings/staff");
  await page.locator("main .ant-btn-primary").first().click();
  const drawer = page.locator(".ant-drawer-open");
  await drawer.locator("input").nth(0).fill("till-1");
  await drawer.locator("input").nth(1).fill(words.clerk);
  await choose(page, drawer, 0, words.role);
  await choose(page, drawer, 1, words.store);
}

/** Of the drawer's selects the nth, and of its list the one that says so. */
async function choose(page, drawer, nth, said) {
  await drawer.locator(".ant-select").nth(nth).click();
  await page.locator(".ant-select-dropdown:visible .ant-select-item-option", { hasText: said }).first().click();
  await drawer.locator("input").nth(1).click();
}

/** A list with one line that cannot be read, tried and not imported. */
async function tryImport(page, words) {
  const mark = String(Date.now()).slice(-7);
  const lines = words.people.map((name, place) => `${name},139${place}${mark},${["1992-04-18", "1988-11-03", "1990-02-30"][place]}`);
  await open(page, "/settings/member-imports");
  await page.locator("input[type=file]").first().setInputFiles({
    name: words.file,
    mimeType: "text/csv",
    buffer: Buffer.from(`${[words.header, ...lines].join("\n")}\n`),
  });
  await page.waitForURL(/member-imports\/\d+$/);
  await settled(page);
  await page.getByRole("button", { name: words.tryIt, exact: true }).click();
  await page.getByText(words.tried).first().waitFor();
}

async function joins(page, phone, words) {
  const stores = (await ask(page, "GET", "/v1/stores")).items;
  const member = await ask(page, "POST", "/v1/members", {
    phone,
    name: words.buyer,
    source: { store_id: stores.find((one) => one.code === "S1").id },
  });
  const wish = { member: String(member.id), template: "welcome", reason: words.reason };
  await ask(page, "POST", "/v1/coupons", wish, { "Idempotency-Key": `guide-${phone}` });
  await until(async () => (await ask(page, "GET", `/v1/members/${member.id}`)).points_available >= 200);
  return member.id;
}

async function fillTill(page, phone) {
  await page.goto("/till");
  await page.locator("main input").first().waitFor();
  await settled(page);
  for (const typed of [phone, barcodes[0], `2*${barcodes[1]}`]) {
    await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
    await page.keyboard.type(typed);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.value === "");
    await settled(page);
  }
  await page.getByText("47.00").last().waitFor();
}

async function chooseValue(page) {
  await page.keyboard.press("F4");
  await page.waitForFunction(() => document.activeElement?.getAttribute("type") === "radio");
  await page.keyboard.press("ArrowDown");
}

async function pay(page) {
  await page.keyboard.press("Enter");
  await page.getByText("45.00").last().waitFor();
  await settled(page);
  await page.keyboard.press("F9");
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "spinbutton");
  await page.keyboard.type("50");
  await page.keyboard.press("Enter");
  await page.locator(".ant-modal article").waitFor();
}

async function refund(page, words) {
  const number = (await page.locator(".ant-modal article").innerText()).match(/S1-\d{6}-\d{6}-\w{4}/)?.[0];
  await page.keyboard.press("Enter");
  await page.locator(".ant-modal article").waitFor({ state: "detached" });
  await page.getByRole("button", { name: words.refund }).first().click();
  const drawer = page.locator(".ant-drawer-open");
  await drawer.getByText(number).first().click();
  await drawer.getByRole("button", { name: words.more }).last().click();
  await drawer.locator(".ant-btn-primary:not([disabled])").waitFor();
}

async function picture(page, name, act) {
  await act();
  await settled(page);
  await page.waitForTimeout(600);
  if (only && !only.some((one) => name.startsWith(one))) return;
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  const { size } = await stat(path);
  assert.ok(size <= largest, `${name} has ${size} bytes; a page of the guide wants ${largest} at most`);
  console.log(`${name}: ${Math.round(size / 1000)} kB`);
}

async function open(page, address) {
  await page.goto(address);
  await settled(page);
}

async function until(isSo) {
  for (let turn = 0; turn < 60; turn += 1) {
    if (await isSo()) return;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error("It did not come about within 30 seconds.");
}
