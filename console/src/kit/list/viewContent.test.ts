import { expect, test } from "vitest";
import { contentOf, isSame, isUntouched, patchOf } from "./viewContent";

const defaults = { q: "", tier: "", state: "waiting", sort: "", preview: "", cursor: "", limit: "50" };
const apart = ["preview"];

test("a view keeps filters, sort and rows, and neither the page, the open row nor a name searched for", () => {
  const state = {
    ...defaults,
    q: "李雷",
    tier: "gold",
    sort: "-points",
    preview: "4",
    cursor: "abc",
    limit: "100",
  };
  expect(contentOf(state, defaults, apart, [{ key: "tier", hidden: true }])).toEqual({
    filters: { tier: "gold" },
    sort: "-points",
    rows: 100,
    columns: [{ key: "tier", width: null, hidden: true }],
    condition: null,
  });
});

test("opening a view brings back what it kept and clears the rest", () => {
  const content = contentOf({ ...defaults, tier: "gold" }, defaults, apart, []);
  expect(patchOf(content, defaults, apart)).toEqual({
    q: "",
    tier: "gold",
    state: "waiting",
    sort: "",
    limit: "50",
    cursor: "",
  });
});

test("a filter that is empty on purpose is kept where empty is not the usual", () => {
  const content = contentOf({ ...defaults, state: "" }, defaults, apart, []);
  expect(content.filters).toEqual({ state: "" });
  expect(patchOf(content, defaults, apart).state).toBe("");
});

test("an odd number of rows in the address is left out", () => {
  expect(contentOf({ ...defaults, limit: "many" }, defaults, apart, []).rows).toBe(null);
  expect(contentOf({ ...defaults, limit: "9999" }, defaults, apart, []).rows).toBe(null);
});

test("contents are the same whatever the order of filters, and not whatever that of columns", () => {
  const one = {
    filters: { a: "1", b: "2" },
    sort: "",
    columns: [
      { key: "x", hidden: false },
      { key: "y", hidden: false },
    ],
  };
  expect(isSame(one, { ...one, filters: { b: "2", a: "1" } })).toBe(true);
  expect(isSame(one, { ...one, columns: [...one.columns].reverse() })).toBe(false);
  expect(isSame(one, { ...one, sort: "-points" })).toBe(false);
});

test("an untouched list says nothing in its address", () => {
  expect(isUntouched(defaults, defaults)).toBe(true);
  expect(isUntouched({ ...defaults, preview: "3" }, defaults)).toBe(false);
});

test("a condition is kept as a tree, comes back as text, and is the same whatever the order of its keys", () => {
  const usual = { ...defaults, condition: "" };
  const text = '{"combinator":"and","rules":[{"field":"member.order_count","operator":">=","value":3}]}';
  const content = contentOf({ ...usual, condition: text }, usual, apart, []);

  expect(content.filters).toEqual({});
  expect(content.condition).toEqual(JSON.parse(text));
  expect(patchOf(content, usual, apart).condition).toBe(text);
  const turned = {
    rules: [{ value: 3, operator: ">=", field: "member.order_count" }],
    combinator: "and",
  };
  expect(isSame(content, { ...content, condition: turned })).toBe(true);
  expect(isSame(content, { ...content, condition: { ...turned, combinator: "or" } })).toBe(false);
  expect(isSame(content, { ...content, condition: null })).toBe(false);
});

test("a view that was kept with its condition as a filter still opens, and is unchanged", () => {
  const usual = { ...defaults, condition: "" };
  const text = '{"combinator":"and","rules":[]}';
  const early = { filters: { condition: text }, sort: "", columns: [] };

  expect(patchOf(early, usual, apart).condition).toBe(text);
  expect(isSame(contentOf({ ...usual, condition: text }, usual, apart, []), early)).toBe(true);
});
