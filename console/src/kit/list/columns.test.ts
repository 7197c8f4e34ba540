import { expect, test } from "vitest";
import type { Column } from "../DataTable";
import { arranged, changed, moved, ordered, readSettings, settingsOf, widthWithin } from "./columns";

const columns: Column<object>[] = ["name", "points", "store"].map((key) => ({
  key,
  title: key,
  render: () => key,
}));
const withTool: Column<object>[] = [...columns, { key: "do", title: "", render: () => "" }];
const keys = (list: { key: string }[]) => list.map(({ key }) => key);

test("without wishes a list is as its screen made it, its first column standing fast", () => {
  expect(keys(arranged(withTool, []))).toEqual(["name", "points", "store", "do"]);
  expect(arranged(withTool, []).map((column) => column.isFixed ?? false)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test("columns stand in the wished order, new ones after those, buttons last", () => {
  expect(keys(ordered(withTool, [{ key: "store" }, { key: "gone" }]))).toEqual([
    "name",
    "store",
    "points",
    "do",
  ]);
});

test("the first column and buttons are never hidden", () => {
  const all = keys(withTool).map((key) => ({ key, hidden: true }));
  expect(keys(arranged(withTool, all))).toEqual(["name", "do"]);
});

test("a wished width is kept with the column", () => {
  expect(arranged(columns, [{ key: "points", width: 150 }]).map((column) => column.chosenWidth)).toEqual([
    undefined,
    150,
    undefined,
  ]);
});

test("a column moves within the others and never before the first", () => {
  const settings = settingsOf(columns, []);
  expect(keys(moved(settings, "store", 1))).toEqual(["name", "store", "points"]);
  expect(keys(moved(settings, "store", 0))).toEqual(["name", "store", "points"]);
  expect(keys(moved(settings, "points", 9))).toEqual(["name", "store", "points"]);
  expect(keys(moved(settings, "name", 2))).toEqual(["name", "points", "store"]);
});

test("changing one setting leaves the others", () => {
  expect(changed(settingsOf(columns, []), "points", { hidden: true })).toEqual([
    { key: "name", width: null, hidden: false },
    { key: "points", width: null, hidden: true },
    { key: "store", width: null, hidden: false },
  ]);
});

test("widths stay within what can be read", () => {
  expect([5, 120.4, 5000].map(widthWithin)).toEqual([60, 120, 800]);
});

test("what was kept and makes no sense is passed over", () => {
  expect(readSettings(undefined)).toEqual([]);
  expect(readSettings("text")).toEqual([]);
  expect(readSettings([null, 3, { width: 3 }, { key: "points" }])).toEqual([{ key: "points" }]);
});
