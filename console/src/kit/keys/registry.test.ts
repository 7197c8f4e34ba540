import { afterEach, describe, expect, test, vi } from "vitest";
import { addShortcut, currentShortcuts, meantBy } from "./registry";

const label = "frame.skip" as const;
let undo: (() => void)[] = [];

function shortcut(keys: string, isReady = () => true) {
  const run = vi.fn();
  undo.push(addShortcut({ keys, label, where: "here", run, isReady }));
  return run;
}

afterEach(() => {
  for (const one of undo) one();
  undo = [];
  meantBy("x", 0);
});

describe("shortcuts", () => {
  test("one key means one thing", () => {
    const run = shortcut("n");

    meantBy("n", 0)?.run();

    expect(run).toHaveBeenCalledOnce();
    expect(meantBy("m", 1)).toBeNull();
  });

  test("two keys in time are one shortcut, and too slowly they are none", () => {
    shortcut("g m");

    expect([meantBy("g", 0), meantBy("m", 1000)?.keys]).toEqual([null, "g m"]);
    expect([meantBy("g", 5000), meantBy("m", 6300)]).toEqual([null, null]);
  });

  test("a key that follows a beginning in vain still means itself", () => {
    shortcut("g m");
    shortcut("n");

    meantBy("g", 0);

    expect(meantBy("n", 100)?.keys).toBe("n");
    expect(meantBy("m", 200)).toBeNull();
  });

  test("what came last goes first, and what has nothing to do steps back", () => {
    const page = shortcut("n");
    const drawer = shortcut("n");
    shortcut("n", () => false);

    meantBy("n", 0)?.run();

    expect([page.mock.calls.length, drawer.mock.calls.length]).toEqual([0, 1]);
    expect(currentShortcuts()).toHaveLength(1);
  });

  test("what is gone does nothing", () => {
    shortcut("n");
    for (const one of undo) one();

    expect(meantBy("n", 0)).toBeNull();
  });
});
