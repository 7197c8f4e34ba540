import { expect, test } from "vitest";
import { instantIn, wallTimeIn } from "./zoned";

test("a wall time and its instant lead to each other, whatever the zone", () => {
  for (const zone of ["Asia/Shanghai", "UTC", "America/New_York", "Europe/London"])
    for (const wall of ["2026-01-15T09:30", "2026-07-01T00:00", "2026-12-31T23:59"])
      expect(wallTimeIn(instantIn(wall, zone), zone)).toBe(wall);
});

test("the shop's morning is the shop's", () => {
  expect(instantIn("2026-03-02T10:00", "Asia/Shanghai")).toBe("2026-03-02T02:00:00.000Z");
  expect(wallTimeIn("2026-03-02T18:30:00Z", "Asia/Shanghai")).toBe("2026-03-03T02:30");
});

test("after the clocks were changed the new offset counts", () => {
  expect(instantIn("2026-03-29T03:30", "Europe/London")).toBe("2026-03-29T02:30:00.000Z");
  expect(instantIn("2026-03-29T00:30", "Europe/London")).toBe("2026-03-29T00:30:00.000Z");
});
