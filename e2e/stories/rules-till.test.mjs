import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask } from "../ask.mjs";
import { openBrowser, settled, signIn } from "../browser.mjs";

const mark = String(Date.now()).slice(-8);
const code = `till_${mark}`;
const barcode = `68${mark}000`;
const phone = `150${mark}`;
let office;
let till;

before(async () => {
  office = await openBrowser();
  till = await openBrowser();
  await signIn(office.page);
  const { page } = office;
  const store = await ask(page, "POST", "/v1/stores", { code: `R${mark}`, name: `运河店${mark}` });
  await ask(page, "POST", "/v1/products/batch", {
    products: [{ code: `JAR${mark}`, name: `陶罐${mark}`, price_minor: 6000, barcodes: [barcode] }],
  });
  await ask(page, "POST", "/v1/members", { phone, name: "沈青", source: { store_id: store.id } });
  await ask(page, "POST", "/v1/earning-rules", {
    code,
    name: { zh: `柜台加赠 ${mark}`, en: `Counter bonus ${mark}` },
    definition: {
      activity: "order_paid",
      branches: [
        {
          when: { combinator: "and", not: false, rules: [{ field: "line.product", operator: "=", value: `JAR${mark}` }] },
          effects: [{ kind: "per_amount", currency: "points", points: 1, per_minor: 100, rounding: "down" }],
        },
      ],
    },
  });
  await ask(page, "POST", `/v1/earning-rules/${code}/publish`, {}, { "If-Match": '"1"' });
  await signIn(till.page);
  await till.page.evaluate((own) => localStorage.setItem("shuke.till-store", own), store.code);
});
after(async () => {
  await ask(office.page, "POST", `/v1/earning-rules/${code}/retire`, {});
  await Promise.all([office.close(), till.close()]);
});

test("a rule that is changed and published is what the till says next, and a draft is not", async () => {
  const { page, complaints } = office;
  const before = await toldAtTheTill();
  complaints.length = 0;
  await page.goto(`/loyalty/rules/${code}`);
  await settled(page);
  await page.getByRole("button", { name: "修改", exact: true }).click();
  await page.waitForURL(/\/edit$/);
  await page.getByLabel("得积分", { exact: true }).fill("3");
  await page.getByLabel("修改原因").fill("换季加赠");
  await page.getByRole("button", { name: "保存草稿" }).click();
  await page.waitForURL(new RegExp(`/loyalty/rules/${code}$`));
  await page.getByText("有一份未发布的草稿").waitFor();
  assert.equal(await toldAtTheTill(), before, "a draft gives nothing");

  await page.getByRole("button", { name: "发布", exact: true }).click();
  const dialog = page.locator(".ant-modal");
  await dialog.getByRole("button", { name: "下一步" }).click();
  await dialog.getByRole("button", { name: "下一步" }).click();
  await dialog.getByRole("button", { name: "发布", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("有一份未发布的草稿").waitFor({ state: "detached" });

  // Three for one of sixty: what other rules give is the same before and after.
  assert.equal(await toldAtTheTill(), before + 120);
  assert.deepEqual(complaints, []);
});

/** The points that the till promises a member for one jar. */
async function toldAtTheTill() {
  const { page } = till;
  await page.goto("/till");
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  for (const typed of [phone, barcode]) {
    await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
    await page.keyboard.type(typed);
    await page.keyboard.press("Enter");
    await page.getByText(typed === phone ? /^沈/ : `陶罐${mark}`).first().waitFor();
  }
  const promise = page.getByText(/这单可得 [\d,]+\s*积分/);
  await promise.waitFor();
  await settled(page);
  const points = (await promise.innerText()).match(/([\d,]+)\s*积分/)[1];
  return Number(points.replaceAll(",", ""));
}
