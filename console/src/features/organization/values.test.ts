import { expect, test } from "vitest";
import { cleared } from "./values";

test("what was emptied is said, what the form does not hold is left out", () => {
  const values: { name: string; address?: string | null; code?: string } = { name: "A", address: undefined };

  expect(cleared(values, ["address"])).toEqual({ name: "A", address: null });
});
