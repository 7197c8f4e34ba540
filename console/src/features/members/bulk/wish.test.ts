import { expect, test } from "vitest";
import { toWish } from "./wish";

test("what was left open stays as it is", () => {
  const wish = toWish("attribution", { members: ["4", "7"] }, { employee_id: 3, reason: " moved " });

  expect(wish).toEqual({
    action: "attribution",
    parameters: { employee_id: 3 },
    members: ["4", "7"],
    reason: "moved",
  });
});

test("an empty value clears a field", () => {
  const wish = toWish("field", { filters: { tier: "gold" } }, { key: "grade", reason: "new grades" });

  expect(wish.parameters).toEqual({ key: "grade", value: null });
  expect(wish.filters).toEqual({ tier: "gold" });
});
