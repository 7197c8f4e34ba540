import type { PointsPayment, RefundPolicies } from "../../api/checkout";

/** How many points may pay goods of a value, whoever pays; 0 where points are not taken, or not for so little. */
export function mostPoints(policy: PointsPayment, goodsMinor: number): number {
  if (!policy.is_on) return 0;
  const share = Math.floor((goodsMinor * policy.most_percent) / 100);
  const limit = policy.may_pay_all ? share : Math.min(share, goodsMinor - 1);
  // A point pays its worth rounded down, so some points more may still pay no more.
  const fitting = Math.floor(((limit + 1) * policy.points - 1) / policy.worth_minor);
  const points = fitting - (fitting % policy.step);
  return points >= Math.max(policy.least, 1) ? points : 0;
}

export function worthOf(policy: PointsPayment, points: number): number {
  return Math.floor((points * policy.worth_minor) / policy.points);
}

/** One refund of the guide's example: goods and money in minor units, points. */
export interface ExampleRow {
  step: "first" | "reduced" | "rest" | "total";
  goods: number;
  money: number;
  returned: number;
  takenBack: number;
}

const refunds = [
  { step: "first", goods: 10_000, money: 9_960, returned: 40 },
  { step: "reduced", goods: 3_000, money: 2_988, returned: 12 },
  { step: "rest", goods: 12_000, money: 11_952, returned: 48 },
] as const;
const takenBack = { judge_again: [100, 30, 119], share: [100, 29, 120], keep: [0, 0, 0] } as const;

/** The guide's order of 249 points, refunded in three steps under the policies chosen. */
export function exampleOf(policies: Pick<RefundPolicies, "earned" | "used_points">): ExampleRow[] {
  const rows: ExampleRow[] = refunds.map((refund, place) => ({
    ...refund,
    returned: policies.used_points === "give_back" ? refund.returned : 0,
    takenBack: takenBack[policies.earned][place] ?? 0,
  }));
  const sum = (of: (row: ExampleRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  return [
    ...rows,
    {
      step: "total",
      goods: sum((row) => row.goods),
      money: sum((row) => row.money),
      returned: sum((row) => row.returned),
      takenBack: sum((row) => row.takenBack),
    },
  ];
}
