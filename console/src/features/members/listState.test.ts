import { expect, test } from "vitest";
import { hasFilters, memberListDefaults, membersQuery, noFilters } from "./listState";

test("an untouched list asks for the first page and nothing else", () => {
  expect(membersQuery(memberListDefaults, "GBP")).toEqual({ limit: 50 });
});

test("people write whole amounts, the server reads minor units", () => {
  const state = { ...memberListDefaults, spend_min: "1000", spend_max: "2500.5", points_min: "0" };

  expect(membersQuery(state, "GBP")).toEqual({
    limit: 50,
    spend_min: 100_000,
    spend_max: 250_050,
    points_min: 0,
  });
  expect(membersQuery(state, "JPY").spend_min).toBe(1000);
});

test("paging and sorting are no filters", () => {
  expect(hasFilters({ ...memberListDefaults, sort: "-growth", cursor: "abc", preview: "4" })).toBe(false);
  expect(hasFilters({ ...memberListDefaults, tier: "gold" })).toBe(true);
});

test("clearing the filters also leaves the page they led to", () => {
  expect({ ...memberListDefaults, q: "李", tier: "gold", cursor: "abc", ...noFilters }).toEqual(
    memberListDefaults,
  );
});
