import { expect, test } from "vitest";
import { i18next, loadTexts } from "../../i18n/i18n";
import { type Told, tellPolicies, type Words } from "./tell";

const words: Words = {
  t: i18next.t as unknown as Words["t"],
  count: String,
  day: String,
  monthDay: (value) => `${Number(value.slice(0, 2))}月${Number(value.slice(3))}日`,
  cost: () => "¥0.01",
  activity: (code) => (code === "spend" ? "使用" : code),
  and: "、",
};
const plain: Told = {
  expiry: { kind: "none", years: 0, months: 0, days: 0, round_to: "day", dates: [], resets: [] },
  pending: { kind: "none", days: 0, until: null, event: null },
  negative: { kind: "refuse", limit: 0 },
  restore: { kind: "original", days: 0 },
  cap: null,
  rounding: "down",
  unit_cost_micro: 0,
  approval_above: null,
};

await loadTexts("zh-CN");

test("points as most shops have them are told in plain words", () => {
  const told = tellPolicies(
    {
      ...plain,
      expiry: { ...plain.expiry, kind: "after", months: 6, round_to: "month" },
      negative: { kind: "unlimited", limit: 0 },
      unit_cost_micro: 1_000_000,
      approval_above: 1000,
    },
    words,
  );

  expect(told).toEqual([
    "从获得日起满 6 个月的月底到期。",
    "获得后马上可用。",
    "收回时余额不够，差额先欠着，不设上限。",
    "冲正使用时退回原来的批次，到期日不变。",
    "余额没有上限。",
    "不足一个的零头舍去。",
    "每一个的成本按 ¥0.01 计入负债。",
    "人工调整超过 1000 要另一人复核。",
  ]);
});

test("every other policy has its sentence", () => {
  const told = tellPolicies(
    {
      ...plain,
      expiry: { ...plain.expiry, kind: "inactivity", years: 1, days: 3, resets: ["spend", "checkin"] },
      pending: { kind: "days", days: 7, until: null, event: null },
      negative: { kind: "debt", limit: 500 },
      restore: { kind: "grace", days: 30 },
      cap: { amount: 9000, mode: "reject" },
      rounding: "half_even",
      approval_above: 0,
    },
    words,
  );

  expect(told).toEqual([
    "连续 1 年 3 天没有使用、checkin，手里的全部到期。",
    "获得 7 天后可用。",
    "收回时余额不够，差额先欠着，最多欠 500。",
    "冲正使用时退回原来的批次，已到期或快到期的至少再留 30 天。",
    "余额最多 9000，会超出的整笔不发放。",
    "不足一个的零头四舍六入五成双。",
    "没有设成本，负债只算数量。",
    "每次人工调整都要另一人复核。",
  ]);
});

test("fixed days of the year are named", () => {
  const expiry = { ...plain.expiry, kind: "on_dates" as const, dates: ["06-30", "12-31"] };

  expect(tellPolicies({ ...plain, expiry }, words)[0]).toBe("每年 6月30日、12月31日 到期，赶上哪天算哪天。");
});
