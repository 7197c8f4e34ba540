import { expect, test } from "vitest";
import type { Feature } from "./feature";
import { features as all } from "./features";
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

test("an area's groups stand in one order, and its pages follow them", () => {
  const page = (path: string) => ({ path, title: "settings.title" as const, component });
  const grouped: Feature[] = [
    { area: "settings", group: "system", pages: [page("/settings/system")] },
    { area: "settings", group: "shop", pages: [page("/settings/stores"), page("/settings/shop")] },
    { area: "settings", group: "people", pages: [{ ...page("/settings/staff"), permission: "staff.read" }] },
  ];
  const [settings] = menuFor([], grouped);

  expect(settings?.groups.map(({ group }) => group)).toEqual(["shop", "system"]);
  expect(settings?.pages.map(({ path }) => path)).toEqual([
    "/settings/stores",
    "/settings/shop",
    "/settings/system",
  ]);
});

test("seven areas at most, and every page of the menu is in an area that has either groups or none", () => {
  const everything = [
    ...new Set(all.flatMap(({ pages }) => pages.map(({ permission }) => permission ?? ""))),
  ];
  const menu = menuFor(everything);

  expect(menu.length).toBeLessThanOrEqual(7);
  for (const { pages, groups } of menu) {
    const ofGroups = groups.flatMap((one) => one.pages);
    if (groups.length > 0) expect(ofGroups).toEqual(pages);
    else expect(pages.length).toBeLessThanOrEqual(5);
  }
});
