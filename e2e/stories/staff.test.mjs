import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask } from "../ask.mjs";
import { openBrowser, settled, signIn } from "../browser.mjs";

let admin;
let clerk;
before(async () => {
  admin = await openBrowser();
  clerk = await openBrowser();
  await signIn(admin.page);
});
after(() => Promise.all([admin.close(), clerk.close()]));

const mark = String(Date.now()).slice(-8);

test("a clerk of one store sees that store's members and nobody else", async () => {
  const { page, complaints } = admin;
  const store = await ask(page, "POST", "/v1/stores", { code: `T${mark}`, name: `西街店${mark}` });
  const own = await ask(page, "POST", "/v1/members", { phone: `137${mark}`, name: "周平", source: { store_id: store.id } });
  const other = await ask(page, "POST", "/v1/members", { phone: `136${mark}`, name: "周安" });
  complaints.length = 0;

  await page.goto("/settings/roles/new");
  await settled(page);
  await page.getByPlaceholder("找权限").fill("members.read");
  await page.locator("main").getByRole("checkbox").last().check();
  await page.getByText("已选 1 项").waitFor();
  await page.getByLabel("中文名称", { exact: true }).fill(`门店导购${mark}`);
  await page.getByLabel("所属门店", { exact: true }).check();
  await page.getByRole("button", { name: "保存角色" }).click();
  await page.waitForURL(/\/settings\/roles$/);
  await page.goto("/settings/staff?user=new");
  await settled(page);
  const drawer = page.locator(".ant-drawer-open");
  await drawer.getByLabel("账号", { exact: true }).fill(`clerk${mark}`);
  await drawer.getByLabel("姓名", { exact: true }).fill("小郑");
  await choose(page, drawer.getByLabel("角色", { exact: true }), `门店导购${mark}`);
  await choose(page, drawer.getByLabel("所属门店", { exact: true }), store.name);
  await drawer.getByRole("button", { name: "新建并显示临时密码" }).click();
  const secret = await page.locator(".ant-modal code").innerText();
  assert.deepEqual(complaints, []);

  const theirs = clerk.page;
  await signIn(theirs, { name: `clerk${mark}`, secret: secret.trim() });
  await theirs.waitForURL(/\/password/);
  await theirs.getByLabel("现在的密码", { exact: true }).fill(secret.trim());
  for (const label of ["新密码", "再输一遍新密码"]) {
    await theirs.getByLabel(label, { exact: true }).fill(`青石 板路 ${mark} 油纸伞`);
  }
  await theirs.getByRole("button", { name: "更换密码" }).click();
  await theirs.waitForURL((url) => !url.pathname.startsWith("/password"));
  await theirs.goto("/members");
  await settled(theirs);

  assert.equal(await theirs.locator("main tbody tr.ant-table-row").count(), 1);
  assert.deepEqual(await theirs.locator("aside nav a").allInnerTexts(), ["会员", "设置"]);
  await theirs.goto(`/members/${own.id}`);
  await theirs.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(await statusOf(theirs, other.id), 404);
});

function statusOf(page, id) {
  return page.evaluate(async (member) => (await fetch(`/v1/members/${member}`)).status, id);
}

async function choose(page, field, label) {
  await field.fill(label);
  await page.locator(".ant-select-item-option", { hasText: label }).first().click();
  await page.locator(".ant-drawer-title").click();
}
