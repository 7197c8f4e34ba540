import { describe, expect, it } from "vitest";
import { hasFilters, heldListDefaults, heldQuery, noFilters } from "./listState";

describe("the list of coupons in the address", () => {
  it("asks for everything when nothing is chosen", () => {
    expect(heldQuery(heldListDefaults)).toEqual({ limit: 50 });
    expect(hasFilters(heldListDefaults)).toBe(false);
  });

  it("asks for what is chosen, and for nothing that does not exist", () => {
    const state = {
      ...heldListDefaults,
      q: " 7KQ ",
      state: "expired",
      store: "3",
      batch: "x",
      template: "ten",
    };
    expect(heldQuery(state)).toEqual({ q: "7KQ", state: ["expired"], store: 3, template: "ten", limit: 50 });
    expect(heldQuery({ ...heldListDefaults, state: "eaten" })).toEqual({ limit: 50 });
  });

  it("forgets every filter and the place in the list at once", () => {
    const state = { ...heldListDefaults, q: "7K", from: "2026-03-01", cursor: "abc", ...noFilters };
    expect(state).toEqual(heldListDefaults);
  });
});
