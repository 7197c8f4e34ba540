import { expect, test } from "vitest";
import type { MemberOverview } from "../../../api/contract";
import { daysToBirthday, nextThings } from "./nextThings";

const points = { code: "points", kind: "points", name: { zh: "积分", en: "Points" } };

function overview(birthday: string | null, sections: unknown[]): MemberOverview {
  return { member: { birthday }, sections } as unknown as MemberOverview;
}

const dayOf = (at: string) => at.slice(0, 10);

test("a birthday is counted over the turn of the year, and on a leap day", () => {
  expect(daysToBirthday("01-02", "2026-12-30")).toBe(3);
  expect(daysToBirthday("12-30", "2026-12-30")).toBe(0);
  expect(daysToBirthday("02-29", "2026-02-27")).toBe(1);
  expect(daysToBirthday(null, "2026-02-27")).toBeNull();
});

test("what presses most comes first, and what is far away is not said", () => {
  const things = nextThings(
    overview("03-10", [
      { key: "notes", data: { notes: 1, open_follow_ups: 1, next_due_at: "2026-03-01T09:00:00Z" } },
      {
        key: "points",
        data: { accounts: [{ currency: points, debt: 5, expiring: [{ on: "2026-03-31", amount: 20 }] }] },
      },
      { key: "coupons", data: { expiring_soon_count: 2, next_expires_on: "2026-03-05" } },
      { key: "requests", data: { open: 1, all: 1, next_due_on: "2026-03-01" } },
    ]),
    "2026-03-02",
    dayOf,
  );

  expect(things.map(({ what, tone }) => [what, tone])).toEqual([
    ["followUpLate", "warn"],
    ["requests", "bad"],
    ["debt", "bad"],
    ["birthday", "plain"],
    ["expiring", "warn"],
    ["coupons", "warn"],
  ]);
  expect(nextThings(overview("09-10", []), "2026-03-02", dayOf)).toEqual([]);
});
