import { expect, test } from "vitest";
import { startOfDay } from "./startOf";

test("a day of the shop begins at its own midnight", () => {
  expect(startOfDay("2026-11-22", 0, "Asia/Shanghai")).toBe("2026-11-21T16:00:00.000Z");
  expect(startOfDay("2026-11-22", 1, "Asia/Shanghai")).toBe("2026-11-22T16:00:00.000Z");
  expect(startOfDay("2026-03-29", 0, "Europe/Berlin")).toBe("2026-03-28T23:00:00.000Z");
  expect(startOfDay("2026-03-29", 1, "Europe/Berlin")).toBe("2026-03-29T22:00:00.000Z");
  expect(startOfDay("2026-12-31", 1, "UTC")).toBe("2027-01-01T00:00:00.000Z");
});
