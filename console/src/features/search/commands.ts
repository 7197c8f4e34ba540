import type { TextKey } from "../../i18n/keys";
import type { zh } from "../../i18n/zh";

type Name = keyof (typeof zh)["search"]["action"];

export interface Command {
  name: Name;
  /** Any of them is enough; none: everybody may. */
  permissions?: readonly string[];
  to?: string;
  /** The page's main action follows once the page is there. */
  isPrimary?: boolean;
}

/** What can be done from anywhere and leads to a page. */
export const commands: readonly Command[] = [
  { name: "newMember", permissions: ["members.write"], to: "/members", isPrimary: true },
  { name: "newCoupon", permissions: ["coupons.write"], to: "/loyalty/coupons/new" },
  { name: "giveCoupons", permissions: ["coupons.issue"], to: "/loyalty/coupons?state=published" },
  { name: "redeemCoupon", permissions: ["coupons.redeem"], to: "/sales/redeem-coupons" },
  { name: "newRule", permissions: ["earning-rules.write"], to: "/loyalty/rules/new" },
  { name: "newBenefit", permissions: ["benefits.write"], to: "/loyalty/benefits/new" },
  { name: "quote", permissions: ["checkout_policies.read"], to: "/loyalty/checkout?tab=quote" },
  { name: "till", permissions: ["orders.write"], to: "/till" },
  { name: "importOrders", permissions: ["imports.write"], to: "/settings/imports" },
  { name: "importMembers", permissions: ["member_imports.write"], to: "/settings/member-imports" },
  { name: "newEmployee", permissions: ["employees.write"], to: "/settings/employees", isPrimary: true },
  { name: "newUser", permissions: ["staff.write"], to: "/settings/staff", isPrimary: true },
];

export function allowedCommands(permissions: readonly string[]): Command[] {
  return commands.filter((one) => one.permissions?.some((code) => permissions.includes(code)) ?? true);
}

export const titleOf = (name: Name): TextKey => `search.action.${name}`;

/** Presses the main action of the page that opens; a page that has none in time is just open. */
export async function pressPrimary(path: string, withinMs = 4000): Promise<void> {
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    await new Promise((next) => setTimeout(next, 60));
    if (window.location.pathname !== path) continue;
    const button = primaryButton();
    if (button) {
      button.click();
      return;
    }
  }
}

/** The one main action of a page, in its head. */
export function primaryButton(): HTMLButtonElement | null {
  return document.querySelector("main header .ant-btn-primary:not(:disabled)");
}
