import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask } from "../ask.mjs";
import { seriousFindings } from "../axe.mjs";
import { narrow, openBrowser, settled, signIn } from "../browser.mjs";

/** A number that no other run has used. */
const run = String(Date.now()).slice(-8);
const secret = `a-long-secret-${run}`;
const second = `second-${run}`;
const cashier = `cashier-${run}`;
const promise = `到货后打电话 ${run}`;

let asker;
let member;
before(async () => {
  asker = await openBrowser();
  await signIn(asker.page);
  const store = await ask(asker.page, "POST", "/v1/stores", { code: `M${run}`, name: `会员店${run}` });
  member = await newMember(asker.page, store.id);
  await newUser(asker.page, second, { roles: ["manager"] });
  await newUser(asker.page, cashier, { roles: ["cashier"], stores: [store.id] });
});
after(() => asker.close());

test("a member is found, and what is written down about them stands on their page", async () => {
  const { page, complaints } = asker;
  await page.goto(`/members?q=${member.number}`);
  await settled(page);
  await page.locator("main tbody tr.ant-table-row").first().click();
  await page.getByRole("button", { name: "打开完整资料" }).click();
  await page.waitForURL(new RegExp(`/members/${member.id}`));
  await settled(page);
  complaints.length = 0;

  await page.getByRole("tab", { name: "备注与跟进", exact: true }).click();
  await page.getByRole("textbox", { name: "写备注" }).fill("对花生过敏");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.locator("main li", { hasText: "对花生过敏" }).waitFor();
  await page.getByRole("button", { name: "安排跟进" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("要做什么").fill(promise);
  await dialog.getByRole("button", { name: "保存", exact: true }).click();
  await page.locator("main li", { hasText: promise }).waitFor();
  await settled(page);

  assert.deepEqual(await seriousFindings(page), []);
  await page.goto("/members/follow-ups");
  await page.locator("main li", { hasText: promise }).getByRole("button", { name: "标为已完成" }).click();
  await page.locator("main li", { hasText: promise }).waitFor({ state: "detached" });
  assert.deepEqual(complaints, []);
});

test("a field is changed where it stands, with a reason for looking, and the change can be undone", async () => {
  const { page } = asker;
  await page.goto(`/members/${member.id}`);
  await settled(page);

  await page.getByRole("button", { name: "修改地址" }).click();
  await page.getByRole("textbox", { name: "地址" }).waitFor();
  await page.getByRole("textbox", { name: "地址" }).fill("人民路一号");
  await page.getByRole("textbox", { name: "地址" }).press("Enter");
  await page.getByText("已保存").waitFor();
  await page.getByRole("button", { name: /撤\s?销/ }).click();
  await page.getByText("已撤销").waitFor();
  await page.getByRole("button", { name: "查看完整信息" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("核对收货人");
  await page.getByRole("dialog").getByRole("button", { name: /查\s?看/ }).click();
  await page.getByRole("heading", { level: 1, name: member.name }).waitFor();
  await page.getByRole("button", { name: "隐藏完整信息" }).click();
  await page.getByRole("heading", { level: 1, name: member.name }).waitFor({ state: "detached" });
  await page.goto(`/members/${member.id}?kinds=access`);

  await page.getByText("核对收货人").waitFor();
});

test("an adjustment above the limit waits, is approved by a second person, and both see how it ended", async () => {
  const { page } = asker;
  const limit = await approvalLimit(page);
  const wanted = limit + 1;
  await page.goto(`/members/${member.id}?tab=points`);
  await settled(page);
  await page.getByRole("button", { name: "调整", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("数量").fill(String(wanted));
  await dialog.getByLabel("原因").fill("补记活动积分");
  await dialog.getByRole("button", { name: /^提交/ }).click();
  await dialog.getByRole("button").last().click();
  await page.locator("main").getByText("待复核").first().waitFor();

  const other = await openBrowser();
  try {
    await signIn(other.page, { name: second, secret });
    await other.page.goto("/finance/adjustments");
    await settled(other.page);
    await other.page.locator("main tbody tr.ant-table-row", { hasText: "补记活动积分" }).first().click();
    await other.page.locator(".ant-drawer-open").getByRole("button", { name: /^通\s?过$/ }).click();
    await other.page.locator(".ant-drawer-open").waitFor({ state: "detached" });
    await other.page.goto(`/members/${member.id}?kinds=adjustment`);
    await other.page.getByText("复核通过").first().waitFor();
  } finally {
    await other.close();
  }
  await page.reload();
  await settled(page);
  await page.goto(`/members/${member.id}`);
  await settled(page);

  const timeline = await page.locator("main ol").allInnerTexts();
  const told = timeline.join("\n");
  for (const part of ["写了备注", "跟进已完成", "复核通过", "待复核", "成为会员", "资料已修改"])
    assert.ok(told.includes(part), `${part} is missing in: ${told}`);
});

test("a cashier sees neither what is personal nor who looked, and writes no notes", async () => {
  const seat = await openBrowser({ viewport: narrow });
  try {
    const { page } = seat;
    await signIn(page, { name: cashier, secret });
    await page.goto(`/members/${member.id}?tab=notes`);
    await settled(page);
    await page.getByText("对花生过敏").waitFor();
    const shown = await page.locator("main").innerText();
    for (const hidden of [member.name, "05-20", "5月20日"]) assert.ok(!shown.includes(hidden), hidden);
    for (const name of ["写备注", "安排跟进", "查看完整信息", "标为已完成"])
      assert.equal(await page.getByText(name, { exact: true }).count(), 0, name);
    assert.deepEqual(await seriousFindings(page), []);
    await page.goto(`/members/${member.id}`);
    await settled(page);
    const kinds = await page.locator("main fieldset button").allInnerTexts();
    assert.ok(kinds.includes("备注与跟进"));
    assert.ok(!kinds.includes("查看记录") && !kinds.includes("权利请求"), kinds.join());
    const trail = await page.evaluate(async (id) => (await fetch(`/v1/audit/members/${id}`)).status, member.id);
    assert.equal(trail, 403);
  } finally {
    await seat.close();
  }
});

async function newMember(page, store) {
  const name = "欧阳晓试";
  const made = await ask(page, "POST", "/v1/members", {
    name,
    phone: `154${run}`,
    birthday: "1990-05-20",
    source: { store_id: store },
  });
  return { id: made.id, number: made.number, name };
}

/** Somebody new, who has chosen a password already. */
async function newUser(page, username, holds) {
  const made = await ask(page, "POST", "/v1/staff/users", { username, display_name: username, ...holds });
  const seat = await openBrowser();
  try {
    await seat.page.goto("/sign-in");
    await ask(seat.page, "POST", "/v1/session", { username, password: made.password });
    const change = { current_password: made.password, new_password: secret };
    await ask(seat.page, "POST", "/v1/session/password", change);
  } finally {
    await seat.close();
  }
}

/** The limit above which points need a second person; set where there was none. */
async function approvalLimit(page) {
  const { items } = await ask(page, "GET", "/v1/ledger/currencies");
  const points = items.find((one) => one.code === "points");
  assert.ok(points, "the shop keeps points");
  if (points.approval_above !== null) return points.approval_above;
  const { code, kind: _kind, name, version, rounding: _rounding, ...policies } = points;
  const wanted = { ...policies, name_zh: name.zh, name_en: name.en, approval_above: 1000 };
  await ask(page, "PUT", `/v1/ledger/currencies/${code}`, wanted, { "If-Match": `"${version}"` });
  return 1000;
}
