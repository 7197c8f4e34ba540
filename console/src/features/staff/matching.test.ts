import { expect, test } from "vitest";
import { matching } from "./matching";

const one = (code: string, name_zh: string, name_en: string) => ({
  code,
  name_zh,
  name_en,
  is_sensitive: false,
});
const groups = [
  {
    module: "members",
    permissions: [one("members.read", "查看会员", "See members"), one("members.merge", "合并会员", "Merge")],
  },
  { module: "orders", permissions: [one("orders.read", "查看订单", "See orders")] },
];
const codes = (wanted: string) =>
  matching(groups, wanted).flatMap((group) => group.permissions.map(({ code }) => code));

test.each([
  ["", ["members.read", "members.merge", "orders.read"]],
  [" 合并 ", ["members.merge"]],
  ["SEE", ["members.read", "orders.read"]],
  ["orders.", ["orders.read"]],
  ["nothing", []],
])("permissions are found by name in both languages and by code", (wanted, found) => {
  expect(codes(wanted)).toEqual(found);
});
