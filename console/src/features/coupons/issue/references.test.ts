import { expect, test } from "vitest";
import { referencesIn, written } from "./references";

test("phones, numbers, addresses and references are told apart, and each counts once", () => {
  const pasted = [
    "手机号",
    "154 0000 0001",
    "+86 154-0000-0002",
    "m2345abcd9",
    "a.b@example.com",
    "external:till:A-7",
    "15400000001",
  ];
  expect(referencesIn(pasted.join("\r\n"))).toEqual([
    "phone:15400000001",
    "phone:+8615400000002",
    "number:M2345ABCD9",
    "email:a.b@example.com",
    "external:till:A-7",
  ]);
});

test("a line may hold several, and a row of a table its first cell", () => {
  expect(referencesIn("15400000001，15400000002;15400000003\n15400000004\t张三\t99")).toEqual([
    "phone:15400000001",
    "phone:15400000002",
    "phone:15400000003",
    "phone:15400000004",
  ]);
  expect(referencesIn(" \n姓名\n")).toEqual([]);
});

test("what was not found is shown as it was written", () => {
  expect(["phone:15400000001", "number:M2345", "external:till:A-7", "7"].map(written)).toEqual([
    "15400000001",
    "M2345",
    "external:till:A-7",
    "7",
  ]);
});
