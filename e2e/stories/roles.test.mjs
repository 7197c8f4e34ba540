import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask } from "../ask.mjs";
import { seriousFindings } from "../axe.mjs";
import { openBrowser, settled, signIn } from "../browser.mjs";

const mark = String(Date.now()).slice(-8);
const phone = `155${mark}`;
const name = "Rosalind Hartwell";
const role = `Greeter ${mark}`;
const secret = `paper lantern ${mark} by the canal`;
let admin;
let greeter;
let member;

before(async () => {
  admin = await openBrowser({ language: "en" });
  greeter = await openBrowser({ language: "en" });
  await signIn(admin.page);
  const { page } = admin;
  member = await ask(page, "POST", "/v1/members", { phone, name, birthday: "1990-05-20" });
  const { code } = await ask(page, "POST", "/v1/staff/roles", {
    name_zh: `迎宾 ${mark}`,
    name_en: role,
    permissions: ["members.read"],
    scope: "all",
    fields: { phone: "hidden", birthday: "hidden" },
  });
  await hire(page, code);
});
after(() => Promise.all([admin.close(), greeter.close()]));

test("a role seen as its holders see hides what it must", async () => {
  const { page, complaints } = admin;
  await page.goto("/settings/roles");
  await settled(page);
  complaints.length = 0;

  const card = page.locator("main section", { has: page.getByRole("heading", { name: role }) }).last();
  await card.getByRole("button", { name: "See as" }).click();
  const drawer = page.locator(".ant-drawer-open");
  await drawer.getByText(`What ${role} sees`).waitFor();
  await drawer.locator("dl dt").first().waitFor();
  const shown = Object.fromEntries(
    await drawer.locator("dl").first().evaluate((list) =>
      [...list.querySelectorAll("dt")].map((term) => [term.textContent, term.nextElementSibling.textContent]),
    ),
  );
  assert.deepEqual([shown.Phone, shown.Birthday], ["Hidden", "Hidden"], JSON.stringify(shown));
  assert.match(shown.Name, /\*/, "a name is masked where nothing else is said");
  assert.equal(await drawer.locator("ul > li").count(), 1);
  assert.deepEqual(await seriousFindings(page), []);
  assert.deepEqual(complaints, []);
});

test("who holds the role sees no more than that", async () => {
  const { page, complaints } = greeter;
  await page.goto(`/members/${member.id}`);
  await settled(page);
  complaints.length = 0;

  await page.getByRole("heading", { level: 1 }).waitFor();
  const shown = await page.locator("body").innerText();
  for (const hidden of [name, "Hartwell", phone, phone.slice(-4), "20 May", "May 20", "05-20"])
    assert.ok(!shown.includes(hidden), `${hidden} is shown: ${shown}`);
  assert.deepEqual(await page.locator("aside nav a").allInnerTexts(), ["Members", "Settings"]);
  const answered = JSON.stringify(await ask(page, "GET", `/v1/members/${member.id}`));
  for (const hidden of ["Hartwell", phone, phone.slice(-4), "05-20"]) assert.ok(!answered.includes(hidden), answered);
  const refused = ["/v1/orders", "/v1/staff/users", "/v1/ledger/adjustments", `/v1/audit/members/${member.id}`];
  assert.deepEqual(
    await page.evaluate((all) => Promise.all(all.map(async (one) => (await fetch(one)).status)), refused),
    refused.map(() => 403),
  );
});

/** Somebody with the role, whose temporary password is exchanged already. */
async function hire(page, code) {
  const username = `greeter${mark}`;
  const made = await ask(page, "POST", "/v1/staff/users", { username, display_name: "Ada", roles: [code] });
  const theirs = greeter.page;
  await theirs.goto("/sign-in");
  await ask(theirs, "POST", "/v1/session", { username, password: made.password });
  await ask(theirs, "POST", "/v1/session/password", { current_password: made.password, new_password: secret });
  await signIn(theirs, { name: username, secret });
}
