import { describe, expect, it } from "vitest";
import { instantOf, onTheWall } from "./shopTime";

describe("the shop's clock on the wall", () => {
  it("shows instants in the shop's zone", () => {
    expect(onTheWall("2026-11-22T12:59:30Z", "Asia/Shanghai")).toBe("2026-11-22T20:59");
  });

  it.each([
    ["2026-11-22T20:59", "Asia/Shanghai", "2026-11-22T12:59:00.000Z"],
    ["2026-07-01T00:30", "Europe/London", "2026-06-30T23:30:00.000Z"],
    ["2026-03-29T00:30", "Europe/London", "2026-03-29T00:30:00.000Z"],
    ["2026-03-29T02:30", "Europe/London", "2026-03-29T01:30:00.000Z"],
    ["2026-10-25T03:00", "Europe/London", "2026-10-25T03:00:00.000Z"],
    ["2026-11-22T08:00", "America/New_York", "2026-11-22T13:00:00.000Z"],
  ])("is read back: %s in %s", (wall, zone, at) => {
    expect(instantOf(wall, zone)).toBe(at);
    expect(onTheWall(at, zone)).toBe(wall);
  });
});
