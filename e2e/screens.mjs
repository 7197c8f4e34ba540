/** Visits every screen in two languages, two widths, light and dark, keeps a picture of each, and fails when a page complains. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { seriousFindings } from "./axe.mjs";
import { narrow, openBrowser, settled, signIn, wide } from "./browser.mjs";

const folder = process.env.SHUKE_SCREENS ?? "screens";
const only = process.env.SHUKE_SCREENS_ONLY?.split(",");
await mkdir(folder, { recursive: true });

const screens = [
  { name: "home", path: "/" },
  { name: "home-explained", path: "/", act: explainFirstFigure },
  { name: "home-arrange", path: "/", act: named(/调整布局$|Arrange the board$/) },
  { name: "home-month", path: "/?period=month" },
  { name: "members", path: "/members" },
  { name: "members-filtered", path: "/members?tier=gold,diamond&spend_min=1000&sort=-net_spend_minor" },
  { name: "members-condition", path: `/members?condition=${encodeURIComponent('{"combinator":"and","not":false,"rules":[{"field":"member.order_count","operator":">=","value":3}]}')}` },
  { name: "members-condition-edit", path: "/members", act: openCondition },
  { name: "members-views", path: "/members", act: named(/视图$|Views$/) },
  { name: "members-chosen", path: "/members", act: chooseMembers },
  { name: "members-bulk", path: "/members/bulk" },
  { name: "members-none", path: "/members?q=zzzzzz" },
  { name: "members-200", path: "/members?limit=200" },
  { name: "members-columns", path: "/members", act: chooseColumns },
  { name: "member-preview", path: ({ member }) => `/members?preview=${member}` },
  { name: "member-timeline", path: ({ member }) => `/members/${member}` },
  { name: "member-notes", path: ({ member }) => `/members/${member}?tab=notes` },
  { name: "member-audit", path: ({ member }) => `/members/${member}?tab=audit` },
  { name: "member-unmask", path: ({ member }) => `/members/${member}`, act: askToUnmask },
  { name: "follow-ups", path: "/members/follow-ups" },
  { name: "member-orders", path: ({ member }) => `/members/${member}?tab=orders` },
  { name: "member-points", path: ({ member }) => `/members/${member}?tab=points` },
  { name: "member-points-why", path: ({ member }) => `/members/${member}?tab=points`, act: askWhy },
  { name: "member-growth", path: ({ member }) => `/members/${member}?tab=points&account=growth` },
  { name: "member-give", path: ({ member }) => `/members/${member}?tab=points`, act: openFirstAction },
  { name: "statement", path: ({ member }) => `/members/${member}/statement?period=year` },
  { name: "statement-empty", path: ({ member }) => `/members/${member}/statement?from=2001-01-01&to=2001-01-31` },
  { name: "member-tier", path: ({ member }) => `/members/${member}?tab=tier` },
  { name: "member-benefits", path: ({ member }) => `/members/${member}?tab=benefits` },
  { name: "member-activities", path: ({ member }) => `/members/${member}?tab=activities` },
  { name: "member-identities", path: ({ member }) => `/members/${member}?tab=identities` },
  { name: "member-consent", path: ({ member }) => `/members/${member}?tab=consent` },
  { name: "member-edit", path: ({ member }) => `/members/${member}`, act: editProfile },
  { name: "member-merge", path: ({ member }) => `/members/${member}`, act: startMerge },
  { name: "sign-up", path: "/members", act: openSignUp },
  { name: "sign-up-refused", path: "/members", act: signUpWithNothing },
  { name: "duplicates", path: "/members/duplicates" },
  { name: "duplicate", path: "/members/duplicates", act: openFirstRow },
  { name: "merges", path: "/members/merges" },
  { name: "requests", path: "/requests" },
  { name: "requests-all", path: "/requests?state=all" },
  { name: "request", path: ({ request }) => (request ? `/requests/${request}` : null) },
  { name: "orders", path: "/sales/orders" },
  { name: "order-preview", path: ({ sale }) => `/sales/orders?preview=${sale}` },
  { name: "returns", path: "/sales/returns" },
  { name: "products", path: "/sales/products" },
  { name: "order", path: ({ sale }) => `/sales/orders/${sale}` },
  { name: "order-refund", path: ({ refund }) => `/sales/orders/${refund}` },
  { name: "rules", path: "/loyalty/rules" },
  { name: "rule", path: ({ rule }) => (rule ? `/loyalty/rules/${rule}` : null) },
  { name: "rule-edit", path: ({ rule }) => (rule ? `/loyalty/rules/${rule}/edit` : null) },
  { name: "rule-new", path: "/loyalty/rules/new" },
  { name: "tiers", path: "/loyalty/tiers" },
  { name: "tiers-edit", path: "/loyalty/tiers/edit" },
  { name: "benefits", path: "/loyalty/benefits" },
  { name: "benefit", path: ({ benefit }) => (benefit ? `/loyalty/benefits/${benefit}` : null) },
  { name: "benefit-new", path: "/loyalty/benefits/new" },
  { name: "coupons", path: "/loyalty/coupons" },
  { name: "coupons-none", path: "/loyalty/coupons?q=zzzzzz" },
  { name: "coupon", path: ({ template }) => `/loyalty/coupons/${template}` },
  { name: "coupon-draft", path: ({ draft }) => (draft ? `/loyalty/coupons/${draft}` : null) },
  { name: "coupon-publish", path: ({ draft }) => (draft ? `/loyalty/coupons/${draft}` : null), act: askToPublish },
  { name: "coupon-issuing", path: ({ template }) => `/loyalty/coupons/${template}?tab=issuing` },
  { name: "coupon-give", path: ({ template }) => `/loyalty/coupons/${template}?tab=give` },
  { name: "coupon-batches", path: ({ printed }) => `/loyalty/coupons/${printed}?tab=batches` },
  { name: "coupon-batch", path: ({ printed }) => `/loyalty/coupons/${printed}?tab=batches`, act: openFirstRow },
  { name: "coupon-rush", path: ({ template }) => `/loyalty/coupons/${template}?tab=rush` },
  { name: "coupon-template-figures", path: ({ template }) => `/loyalty/coupons/${template}?tab=figures` },
  { name: "coupon-versions", path: ({ template }) => `/loyalty/coupons/${template}?tab=versions` },
  { name: "coupon-new", path: "/loyalty/coupons/new" },
  { name: "coupon-new-gift", path: "/loyalty/coupons/new?kind=gift" },
  { name: "coupon-edit", path: ({ template }) => `/loyalty/coupons/${template}/edit` },
  { name: "coupon-stacking", path: "/loyalty/coupon-stacking" },
  { name: "issued-coupons", path: "/loyalty/issued-coupons" },
  { name: "issued-coupons-none", path: "/loyalty/issued-coupons?q=ZZZZZZ" },
  { name: "issued-coupon", path: ({ coupon }) => `/loyalty/issued-coupons?preview=${coupon}` },
  { name: "coupon-figures", path: "/loyalty/coupon-figures" },
  { name: "coupon-figures-quarter", path: "/loyalty/coupon-figures?period=quarter" },
  { name: "till", path: "/till", act: atTill },
  { name: "till-refund", path: "/till", act: (page) => openAtTill(page, 0) },
  { name: "till-day", path: "/till", act: (page) => openAtTill(page, 1) },
  { name: "till-value", path: "/till", act: (page) => keyAtTill(page, "F4") },
  { name: "till-pay", path: "/till", act: (page) => keyAtTill(page, "F9") },
  { name: "redeem", path: "/sales/redeem-coupons" },
  { name: "redeem-found", path: "/sales/redeem-coupons", act: lookUpCoupon },
  { name: "member-coupons", path: ({ holder }) => `/members/${holder}?tab=coupons` },
  { name: "member-coupon", path: ({ holder, held }) => `/members/${holder}?tab=coupons&coupon=${held}` },
  { name: "member-coupon-give", path: ({ holder }) => `/members/${holder}?tab=coupons`, act: giveCoupon },
  { name: "checkout", path: "/loyalty/checkout" },
  { name: "quote", path: "/loyalty/checkout?tab=quote" },
  { name: "programme", path: "/loyalty/programme" },
  { name: "liability", path: "/finance/liability" },
  { name: "adjustments", path: "/finance/adjustments" },
  { name: "adjustments-all", path: "/finance/adjustments?state=all" },
  { name: "verification", path: "/finance/verification" },
  { name: "rfm", path: "/insight/rfm" },
  { name: "rfm-segment", path: "/insight/rfm/champions" },
  { name: "rankings", path: "/insight/rankings" },
  { name: "rankings-employees", path: "/insight/rankings?of=employees" },
  { name: "shop", path: "/settings/shop" },
  { name: "stores", path: "/settings/stores" },
  { name: "store-new", path: "/settings/stores", act: openPrimary },
  { name: "employees", path: "/settings/employees" },
  { name: "employee-new", path: "/settings/employees", act: openPrimary },
  { name: "custom-fields", path: "/settings/custom-fields" },
  { name: "custom-field-new", path: "/settings/custom-fields", act: openPrimary },
  { name: "staff", path: "/settings/staff" },
  { name: "staff-user", path: "/settings/staff", act: openFirstRow },
  { name: "staff-new", path: "/settings/staff", act: openPrimary },
  { name: "roles", path: "/settings/roles" },
  { name: "role", path: "/settings/roles/new?copy=cashier" },
  { name: "role-new", path: "/settings/roles/new" },
  { name: "security", path: "/settings/security" },
  { name: "approvals", path: "/settings/approvals" },
  { name: "approvals-all", path: "/settings/approvals?state=all" },
  { name: "member-imports", path: "/settings/member-imports" },
  { name: "member-import", path: ({ people }) => (people ? `/settings/member-imports/${people}` : null) },
  { name: "exports", path: "/settings/exports" },
  { name: "export-new", path: "/members", act: openExport },
  { name: "consent", path: "/settings/consent" },
  { name: "retention", path: "/settings/retention" },
  { name: "api-keys", path: "/settings/api-keys" },
  { name: "api-key-new", path: "/settings/api-keys", act: openPrimary },
  { name: "audit", path: "/settings/audit" },
  { name: "audit-entry", path: "/settings/audit", act: openFirstRow },
  { name: "account", path: "/account" },
  { name: "imports", path: "/settings/imports" },
  { name: "import-report", path: ({ done }) => (done ? `/settings/imports/${done}` : null) },
  { name: "import-failed", path: ({ failed }) => (failed ? `/settings/imports/${failed}` : null) },
  { name: "currencies", path: "/settings/currencies" },
  { name: "currency", path: "/settings/currencies/points" },
  { name: "currency-new", path: "/settings/currencies/new" },
  { name: "backups", path: "/settings/backups" },
  { name: "system", path: "/settings/system" },
  { name: "demo-switch", path: "/settings/system", act: askToExchange },
  { name: "background", path: "/settings/background" },
  { name: "background-schedules", path: "/settings/background?tab=schedules" },
  { name: "background-readers", path: "/settings/background?tab=readers" },
  { name: "background-events", path: "/settings/background?tab=events" },
  { name: "notices", path: "/notices" },
  { name: "notices-new", path: "/members", act: openBell },
  { name: "password", path: "/password?first=1" },
  { name: "search", path: "/members", act: search },
  { name: "search-start", path: "/members", act: startSearch },
  { name: "keys", path: "/members", act: askForKeys },
  { name: "help", path: "/loyalty/coupons", act: openHelp },
  { name: "help-page", path: "/help/points" },
  { name: "help-contents", path: "/help" },
  { name: "menu", path: "/members", act: openMenu, isNarrowOnly: true },
  { name: "not-found", path: "/nowhere" },
];

const runs = [
  { tag: "zh-1440", viewport: wide, language: "zh-CN" },
  { tag: "en-1440", viewport: wide, language: "en" },
  { tag: "zh-390", viewport: narrow, language: "zh-CN" },
  { tag: "en-390", viewport: narrow, language: "en" },
  { tag: "zh-1440-dark", viewport: wide, language: "zh-CN", mode: "dark" },
  { tag: "en-1440-dark", viewport: wide, language: "en", mode: "dark" },
  { tag: "zh-390-dark", viewport: narrow, language: "zh-CN", mode: "dark" },
  { tag: "en-390-dark", viewport: narrow, language: "en", mode: "dark" },
];

const faults = [];
for (const run of runs) {
  const tags = process.env.SHUKE_SCREENS_RUNS?.split(",");
  if (tags && !tags.includes(run.tag)) continue;
  await take(run);
}
if (faults.length > 0) {
  console.error(`\n${faults.length} faults:\n${faults.join("\n")}`);
  process.exit(1);
}
console.log("Every screen is quiet.");

async function take({ tag, viewport, language, mode }) {
  const { page, complaints, close } = await openBrowser({ viewport, language, mode });
  try {
    if (!only) {
      await page.goto("/sign-in");
      await settled(page);
      await keep(page, `sign-in.${tag}`);
    }
    await signIn(page);
    const found = await samples(page);
    for (const screen of screens) {
      if (only && !only.includes(screen.name)) continue;
      if (screen.isNarrowOnly && viewport !== narrow) continue;
      const path = typeof screen.path === "function" ? screen.path(found) : screen.path;
      if (!path) continue;
      complaints.length = 0;
      await page.goto(path);
      await settled(page);
      try {
        await screen.act?.(page);
      } catch (error) {
        faults.push(`${screen.name} ${tag}: ${error.message.split("\n")[0]}`);
      }
      await page.waitForTimeout(350);
      await keep(page, `${screen.name}.${tag}`);
      faults.push(...complaints.map((text) => `${screen.name} ${tag}: ${text}`));
      faults.push(...(await seriousFindings(page)).map((text) => `${screen.name} ${tag}: axe ${text}`));
      const wider = await page.evaluate(() => document.querySelector("main")?.scrollWidth - document.querySelector("main")?.clientWidth);
      if (wider > 1) faults.push(`${screen.name} ${tag}: the page is ${wider} px wider than the window`);
    }
  } finally {
    await close();
  }
}

/** The frame scrolls inside; for a picture of the whole page it is let grow. */
async function keep(page, name) {
  const height = await page.evaluate(() => {
    const main = document.querySelector("main#content");
    return main ? main.scrollHeight + 56 : document.documentElement.scrollHeight;
  });
  const size = page.viewportSize();
  const isOverlaid = (await page.locator(".ant-drawer-open, .ant-modal-wrap, .ant-popover:not(.ant-popover-hidden)").count()) > 0;
  if (!isOverlaid) {
    await page.setViewportSize({ width: size.width, height: Math.min(Math.max(height, size.height), 3600) });
    await page.waitForTimeout(400);
  }
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
  await page.setViewportSize(size);
}

async function samples(page) {
  return page.evaluate(async () => {
    const items = async (path) => (await (await fetch(path)).json()).items ?? [];
    const [members, sales, refunds, imports, requests, people, rules, templates, held, used, benefits] = await Promise.all([
      items("/v1/members?limit=50&sort=-order_count"),
      items("/v1/orders?kind=sale&limit=200"),
      items("/v1/orders?kind=refund&limit=1"),
      items("/v1/imports"),
      items("/v1/requests?limit=1"),
      items("/v1/member-imports"),
      items("/v1/earning-rules"),
      items("/v1/coupon-templates?limit=50"),
      items("/v1/coupons?state=issued&limit=50"),
      items("/v1/coupons?state=redeemed&limit=1"),
      items("/v1/benefits"),
    ]);
    const own = [...held, ...used].find((coupon) => coupon.member);
    return {
      member: (members.find((member) => member.order_count < 40) ?? members[0])?.id,
      sale: (sales.find((sale) => sale.status === "partly_refunded" && sale.member) ?? sales[0])?.id,
      refund: refunds[0]?.id,
      done: imports.find((job) => job.state === "done")?.id,
      request: requests[0]?.id,
      people: people[0]?.id,
      rule: rules[0]?.code,
      benefit: benefits[0]?.code,
      template: templates.find((template) => template.state === "published" && template.is_claimable)?.code,
      draft: templates.find((template) => template.state === "draft")?.code,
      printed: held.find((coupon) => !coupon.member)?.template.code ?? templates[0]?.code,
      coupon: used[0]?.code,
      holder: own?.member.id,
      held: own?.code,
      failed: imports.find((job) => job.state === "failed")?.id,
    };
  });
}

async function explainFirstFigure(page) {
  await page.getByRole("button", { name: /看看怎么算的|how it is counted/ }).first().click();
  await page.locator(".ant-popover dl").waitFor();
}

async function chooseColumns(page) {
  const button = page.getByRole("button", { name: /^(列与行高|Columns and row height)$/ });
  // On a phone there are cards, and no columns to choose.
  if ((await button.count()) > 0) await button.click();
}

/** Presses the one button of the page that says this. */
function named(words) {
  return async (page) => {
    const button = page.locator("main").getByRole("button", { name: words }).first();
    if ((await button.count()) === 0) return;
    await button.click();
    await settled(page);
  };
}

async function openCondition(page) {
  await page.getByRole("button", { name: /条件筛选$|Condition$/ }).first().click();
  await page.locator(".ant-drawer-open").waitFor();
  await settled(page);
}

async function chooseMembers(page) {
  const all = page.locator("main thead .ant-checkbox-input");
  if ((await all.count()) === 0) return;
  await all.check();
  await page.getByRole("button", { name: /批量操作$|Bulk actions$/ }).click();
  await page.locator(".ant-dropdown [role=menuitem]").first().click();
  await page.locator(".ant-modal").waitFor();
  await settled(page);
}

async function askToExchange(page) {
  await page.getByText(/^(清空，从自己的店开始|Empty: start with your own shop)$/).click();
  await page.getByRole("button", { name: /更\s*换$|Exchange$/ }).click();
  await page.getByRole("dialog").getByRole("textbox").waitFor();
}

async function openBell(page) {
  await page.getByRole("button", { name: /^(通知|Notifications)/ }).first().click();
  await page.locator(".ant-popover, .ant-drawer-open, h1").first().waitFor();
  await settled(page);
}

async function askWhy(page) {
  const row = page.locator("main td button[data-sign], main li button").last();
  await row.click();
  await page.locator(".ant-drawer-open dl").waitFor();
}

async function openFirstAction(page) {
  await page.locator("main .ant-segmented ~ div button").first().click();
  await page.locator(".ant-modal form").waitFor();
}

async function askToUnmask(page) {
  await page.getByRole("button", { name: /查看完整信息|Show in full/ }).click();
  await page.getByRole("dialog").waitFor();
}

async function editProfile(page) {
  await page.locator("main button:has(.anticon-edit)").first().click();
  await page.locator(".ant-modal form").waitFor();
}

async function startMerge(page) {
  await page.locator("main button:has(.anticon-more)").click();
  await page.locator(".ant-dropdown [role=menuitem]").first().click();
  await page.locator(".ant-modal form").waitFor();
}

async function openSignUp(page) {
  await page.locator("main header button.ant-btn-primary").click();
  await page.locator(".ant-drawer-open form").waitFor();
}

async function signUpWithNothing(page) {
  await openSignUp(page);
  await page.locator(".ant-drawer-footer button.ant-btn-primary").click();
  await page.locator(".ant-form-item-explain-error").waitFor();
}

/** What the page's one primary action opens. */
async function openPrimary(page) {
  await page.locator("main header button.ant-btn-primary").first().click();
  await page.locator(".ant-drawer-open, .ant-modal").first().waitFor();
  await settled(page);
}

/** The first line of a list, where it has one. */
async function openFirstRow(page) {
  const row = page.locator("main tbody tr.ant-table-row, main li > button").first();
  if ((await row.count()) === 0) return;
  await row.click();
  await page.locator(".ant-drawer-open, .ant-modal").first().waitFor();
  await settled(page);
}

/** The till with a product in its list. */
async function atTill(page) {
  if (!(await standInStore(page))) return;
  const { items } = await page.evaluate(() => fetch("/v1/products?limit=1").then((answer) => answer.json()));
  if (!items[0]) return;
  await page.locator("main input").first().fill(items[0].code);
  await page.keyboard.press("Enter");
  await page.locator("main ol > li").first().waitFor();
  await settled(page);
}

async function keyAtTill(page, key) {
  await atTill(page);
  await page.keyboard.press(key);
  await page.locator(".ant-modal").waitFor();
  await settled(page);
}

async function standInStore(page) {
  const { items } = await page.evaluate(() => fetch("/v1/stores").then((answer) => answer.json()));
  const store = items.find(({ status }) => status === "open");
  if (!store) return false;
  await page.evaluate((code) => {
    localStorage.setItem("shuke.till-store", code);
    sessionStorage.removeItem("shuke.till.sale");
  }, store.code);
  await page.reload();
  await settled(page);
  return true;
}

/** What stands beside selling: refunds, then the day. The first open store, where the till has not been told. */
async function openAtTill(page, which) {
  if (!(await standInStore(page))) return;
  await page.locator("header button.ant-btn-lg").nth(which).click();
  await page.locator(".ant-drawer-open").waitFor();
  await settled(page);
}

async function openExport(page) {
  await page.locator("main header button:has(.anticon-export)").click();
  await page.locator(".ant-modal").waitFor();
  await settled(page);
}

async function search(page) {
  await page.keyboard.press("Control+k");
  const { items } = await page.evaluate(() => fetch("/v1/members?limit=1").then((answer) => answer.json()));
  await page.locator("[role=combobox][aria-controls=found]").fill(items[0].number);
  await page.locator("#found [role=option]").first().waitFor();
  await settled(page);
}

async function startSearch(page) {
  await page.keyboard.press("Control+k");
  await page.locator("#found [role=option]").first().waitFor();
}

async function askForKeys(page) {
  await page.keyboard.press("?");
  await page.locator(".ant-modal kbd").first().waitFor();
}

async function openHelp(page) {
  await page.locator("[data-tour=help]").click();
  await page.locator(".ant-drawer-open article").waitFor();
}

async function openMenu(page) {
  await page.locator("header button").first().click();
  await page.locator(".ant-drawer-open nav").waitFor();
}

/** Any coupon that is still good, as a cashier who reads its code. */
async function lookUpCoupon(page) {
  const code = await page.evaluate(async () => (await (await fetch("/v1/coupons?state=issued&limit=1")).json()).items[0]?.code);
  await page.locator("main .ant-input-search input").fill(code);
  await page.keyboard.press("Enter");
  await page.locator("main dl").waitFor();
  await settled(page);
}

async function giveCoupon(page) {
  await page.locator("main .ant-segmented ~ button").first().click();
  await page.locator(".ant-modal form").waitFor();
}

async function askToPublish(page) {
  await page.locator("main button.ant-btn-primary").first().click();
  await page.locator(".ant-modal ul").waitFor();
  await settled(page);
}
