import { expect, test } from "vitest";
import type { Feature } from "./feature";
import { areaOf, menuFor } from "./menu";

const component = () => null;
const features: Feature[] = [
  { area: "settings", pages: [{ path: "/settings/system", title: "settings.title", component }] },
  {
    area: "members",
    pages: [
      { path: "/members", title: "members.title", permission: "members.read", component },
      { path: "/members/$id", permission: "members.read", component },
    ],
  },
  { area: "home", pages: [{ path: "/", title: "home.title", component }] },
];

test("areas stand in one order whatever the features' order", () => {
  expect(menuFor(["members.read"], features).map(({ area }) => area)).toEqual([
    "home",
    "members",
    "settings",
  ]);
});

test("an area without a page to open is not shown", () => {
  expect(menuFor([], features).map(({ area }) => area)).toEqual(["home", "settings"]);
});

test("only pages with a title stand in the menu", () => {
  const members = menuFor(["members.read"], features).find(({ area }) => area === "members");

  expect(members?.pages.map(({ path }) => path)).toEqual(["/members"]);
});

test("a page deeper down belongs to its area", () => {
  expect(areaOf("/members/42", features)).toBe("members");
  expect(areaOf("/", features)).toBe("home");
  expect(areaOf("/nowhere", features)).toBeNull();
});
