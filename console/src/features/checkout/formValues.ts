import type { CheckoutPolicies } from "../../api/checkout";
import { minorDigits } from "../../kit/format";

/** The policies as the form holds them: money as people write it. */
export interface Values {
  points_payment: Omit<CheckoutPolicies["points_payment"], "worth_minor"> & { worth: number };
  refunds: CheckoutPolicies["refunds"];
  products: CheckoutPolicies["products"];
}

export function valuesOf(policies: CheckoutPolicies, money: string): Values {
  const { worth_minor, ...rest } = policies.points_payment;
  return { ...policies, points_payment: { ...rest, worth: worth_minor / 10 ** minorDigits(money) } };
}

export function policiesOf(values: Values, money: string): CheckoutPolicies {
  const { worth, ...rest } = values.points_payment;
  return { ...values, points_payment: { ...rest, worth_minor: minorOf(worth, money) } };
}

/** Money as people write it, in the smallest coin. */
export function minorOf(money: number, currency: string): number {
  return Math.round(money * 10 ** minorDigits(currency));
}
