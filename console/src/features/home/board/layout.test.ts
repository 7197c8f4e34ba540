import { describe, expect, it } from "vitest";
import { changed, inOrder, type Place, readLayout, withCard, withoutCard } from "./layout";

const known = new Map([
  ["sales", { w: 4, h: 6 }],
  ["orders", { w: 2, h: 3 }],
]);
const sales: Place = { key: "sales", x: 0, y: 3, w: 8, h: 8 };
const orders: Place = { key: "orders", x: 2, y: 0, w: 2, h: 3 };

describe("what was kept of a board", () => {
  it("is taken as it is where it makes sense", () => {
    expect(readLayout([sales, orders], known)).toEqual([sales, orders]);
    expect(readLayout([], known)).toEqual([]);
  });

  it("loses cards that are unknown, doubled or no cards at all", () => {
    const kept = [sales, { ...sales, x: 4 }, { ...sales, key: "gone" }, null, "x", { key: "orders", x: 0.5 }];
    expect(readLayout(kept, known)).toEqual([sales]);
    expect(readLayout({ sales }, known)).toBeNull();
    expect(readLayout(undefined, known)).toBeNull();
  });

  it("is brought back inside the board", () => {
    const wild = { key: "sales", x: 40, y: -3, w: 1, h: 99 };
    expect(readLayout([wild], known)).toEqual([{ key: "sales", x: 8, y: 0, w: 4, h: 24 }]);
  });
});

describe("arranging a board", () => {
  it("reads from the top left", () => {
    expect(inOrder([sales, orders]).map(({ key }) => key)).toEqual(["orders", "sales"]);
  });

  it("adds below and takes away", () => {
    const more = withCard([sales], "orders", { w: 2, h: 3 });
    expect(more[1]).toEqual({ key: "orders", x: 0, y: 11, w: 2, h: 3 });
    expect(withoutCard(more, "sales").map(({ key }) => key)).toEqual(["orders"]);
  });

  it("changes by steps within the board", () => {
    expect(changed([sales], "sales", { w: 9 }, { w: 4, h: 6 })[0]).toEqual({ ...sales, w: 12, x: 0 });
    expect(changed([sales], "sales", { w: -9, h: -9 }, { w: 4, h: 6 })[0]).toEqual({ ...sales, w: 4, h: 6 });
    expect(changed([orders], "orders", { x: -5, y: -1 }, { w: 2, h: 3 })[0]).toEqual({
      ...orders,
      x: 0,
      y: 0,
    });
  });
});
