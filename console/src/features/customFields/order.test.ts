import { expect, test } from "vitest";
import { moved } from "./order";

test("one goes up, down, or stays", () => {
  expect(moved(["a", "b", "c"], 2, 1)).toEqual(["a", "c", "b"]);
  expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
  expect(moved(["a", "b", "c"], 1, 1)).toEqual(["a", "b", "c"]);
  expect(moved(["a"], 5, 0)).toEqual(["a"]);
});
