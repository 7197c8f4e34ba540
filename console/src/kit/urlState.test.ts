import { describe, expect, test } from "vitest";
import { asNumber, parseSearch, readUrl, splitAddress, stringifySearch, writeUrl } from "./urlState";

const defaults = { q: "", limit: "50", cursor: "" };

describe("the address", () => {
  test("gives back what was written", () => {
    const search = writeUrl({}, { q: "李 伟&Co", limit: "100" }, defaults);

    const again = readUrl(parseSearch(stringifySearch(search)), defaults);

    expect(again).toEqual({ q: "李 伟&Co", limit: "100", cursor: "" });
  });

  test("leaves defaults out", () => {
    expect(stringifySearch(writeUrl({ q: "a", limit: "100" }, { q: "", limit: "50" }, defaults))).toBe("");
  });

  test("keeps what belongs to others on the page", () => {
    expect(writeUrl({ tab: "points", q: "a" }, { q: "b" }, defaults)).toEqual({ tab: "points", q: "b" });
  });

  test("ignores keys it does not know", () => {
    expect(readUrl({ q: "a", evil: "x" }, defaults)).toEqual({ q: "a", limit: "50", cursor: "" });
  });

  test("stays readable", () => {
    expect(stringifySearch({ tier: "gold,silver" })).toBe("?tier=gold,silver");
  });

  test("keeps digits as text", () => {
    expect(parseSearch("?q=0042")).toEqual({ q: "0042" });
  });
});

test("an address is split at its first question mark", () => {
  expect(splitAddress("/sign-in?from=/members?q=a")).toEqual({
    path: "/sign-in",
    query: "from=/members?q=a",
  });
  expect(splitAddress("/members")).toEqual({ path: "/members", query: "" });
});

test("numbers in the address are numbers or nothing", () => {
  expect(asNumber("12.5")).toBe(12.5);
  expect(asNumber("0")).toBe(0);
  expect(asNumber("")).toBeUndefined();
  expect(asNumber(" ")).toBeUndefined();
  expect(asNumber("abc")).toBeUndefined();
});
