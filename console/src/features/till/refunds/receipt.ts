import type { Refunded } from "../../../api/checkout";
import type { Order } from "../../../api/contract";
import { minorDigits } from "../../../kit/format";
import type { ReceiptTold } from "../receiptTold";
import { methods, type Part } from "../wish";

interface Desk {
  store: string;
  cashier: string;
}

const names = {
  coupons: { zh: "优惠券", en: "Coupons" },
  unpaid: { zh: "原用优惠券和积分支付", en: "Had been paid with coupons and points" },
};

function partsOf(order: Order): Part[] {
  return order.payments.flatMap(({ method, amount_minor }) => {
    const known = methods.find((one) => one === method);
    return known ? [{ method: known, amount_minor }] : [];
  });
}

/** A recorded sale as its receipt told it. What the member had then is not known any more, and left out. */
export function saleAgain(order: Order, desk: Desk): ReceiptTold {
  const unit = 10 ** minorDigits(order.currency);
  return {
    kind: "sale",
    number: order.number,
    at: order.placed_at,
    ...desk,
    lines: order.lines.map((line) => ({
      name: line.product.name || line.product.code,
      quantity: Number(line.quantity),
      price_minor: Math.round(Number(line.unit_price) * unit),
      amount_minor: line.amount_minor,
    })),
    total_minor: order.gross_minor,
    cuts: order.coupon_minor > 0 ? [{ name: names.coupons, amount_minor: order.coupon_minor }] : [],
    points: order.points_used > 0 ? { used: order.points_used, worth_minor: order.points_minor } : null,
    payable_minor: order.gross_minor - order.coupon_minor - order.points_minor,
    payments: partsOf(order),
    change_minor: 0,
    member: null,
    is_queued: false,
  };
}

/** What a customer takes along for goods that came back. */
export function refundReceipt(order: Order, refunded: Refunded, at: string, desk: Desk): ReceiptTold {
  const nameOf = (code: string) => order.lines.find(({ product }) => product.code === code)?.product.name;
  const unpaid = refunded.amount_minor - refunded.money_minor;
  const { points } = refunded;
  return {
    kind: "refund",
    number: refunded.number,
    at,
    ...desk,
    lines: refunded.lines.map((line) => ({
      name: nameOf(line.product) || line.product,
      quantity: Number(line.quantity),
      price_minor: Math.round(line.amount_minor / (Number(line.quantity) || 1)),
      amount_minor: line.amount_minor,
    })),
    total_minor: refunded.amount_minor,
    cuts: unpaid > 0 ? [{ name: names.unpaid, amount_minor: unpaid }] : [],
    points: null,
    payable_minor: refunded.money_minor,
    payments: [],
    change_minor: 0,
    member: points && {
      tail: "",
      tier: refunded.tier?.code ?? null,
      earned: points.returned - points.taken_back,
      balance: points.balance,
    },
    is_queued: false,
  };
}
