import { expect, test } from "vitest";
import type { Benefit } from "../../api/benefits";
import { matrixOf } from "./kinds";

const levels = [{ code: "silver" }, { code: "gold" }];

function benefit(code: string, kind: string, of: string[]): Benefit {
  return { code, kind, levels: of } as unknown as Benefit;
}

test("a benefit stands under its levels, and one without levels under all", () => {
  const rows = matrixOf(
    [
      benefit("cake", "birthday_gift", []),
      benefit("nine", "discount", ["gold"]),
      benefit("eight", "discount", ["gold", "silver"]),
    ],
    levels,
  );

  expect(rows.map((row) => [row.kind, row.cells.map((cell) => cell.map(({ code }) => code))])).toEqual([
    ["discount", [["eight"], ["nine", "eight"]]],
    ["birthday_gift", [["cake"], ["cake"]]],
  ]);
});

test("kinds that nobody has are left out", () => {
  expect(matrixOf([], levels)).toEqual([]);
});
