import { expect, test } from "vitest";
import { movesFrom, statusAfter } from "./statusMoves";

test("every move leads away from where it is offered, and there is a way back from all but erasure", () => {
  for (const status of ["active", "frozen", "cancelled"]) {
    const moves = movesFrom(status);
    expect(moves.length).toBeGreaterThan(0);
    for (const move of moves) expect(statusAfter[move]).not.toBe(status);
  }
  expect(movesFrom("frozen").map((move) => statusAfter[move])).toContain("active");
  expect(movesFrom("cancelled").map((move) => statusAfter[move])).toEqual(["active"]);
  expect(movesFrom("erased")).toEqual([]);
});
