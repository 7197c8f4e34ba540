import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, password, settled, signIn, username } from "../browser.mjs";

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test("a wrong password is refused in plain words, and nobody is signed in", async () => {
  const { page } = browser;
  await page.goto("/members?tier=gold");
  await page.waitForURL(/\/sign-in\?from=/);

  await page.locator("input[autocomplete=username]").fill(username);
  await page.locator("input[autocomplete=current-password]").fill(`${password}-wrong`);
  await page.locator("button[type=submit]").click();

  await page.getByText("账号或密码不对").waitFor();
  assert.equal(new URL(page.url()).pathname, "/sign-in");
});

test("signing in leads back to where one was going", async () => {
  const { page } = browser;

  await page.locator("input[autocomplete=current-password]").fill(password);
  await page.locator("button[type=submit]").click();

  await page.waitForURL(/\/(members\?tier=gold|password)/);
});

test("signing out closes every door", async () => {
  const { page } = browser;
  await signIn(page);
  await page.goto("/");
  await settled(page);

  await page.locator("[data-tour=user]").click();
  await page.getByRole("menuitem", { name: "退出登录" }).click();
  await page.waitForURL(/\/sign-in/);
  await page.goto("/members");

  await page.waitForURL(/\/sign-in/);
});
