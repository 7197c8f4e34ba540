import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import { memberKeys } from "./members";
import type { components } from "./schema";

type Shapes = components["schemas"];
export type CheckoutPolicies = Shapes["Policies"];
export type PointsPayment = Shapes["PointsPayment"];
export type RefundPolicies = Shapes["Refunds"];
export type WaitingRefund = Shapes["WaitingRefundOut"];
export type Cart = Shapes["CartIn"];
export type Quote = Shapes["QuoteOut"];
export type QuotedGrant = Shapes["EarnedOut"];
export type PassedOver = Shapes["PassedOverOut"];
export type RefundWish = Shapes["RefundIn"];
export type RefundReason = NonNullable<RefundWish["reason"]>;

/** As they are asked, the most frequent first. */
export const refundReasons = [
  "changed_mind",
  "does_not_fit",
  "faulty",
  "wrong_item",
  "price",
  "other",
] as const satisfies readonly RefundReason[];

export type Refunded = Shapes["RefundedOut"];

export const checkoutKeys = {
  policies: ["checkout", "policies"] as const,
  waiting: ["checkout", "waiting"] as const,
};

export function useCheckoutPolicies() {
  return useQuery({
    queryKey: checkoutKeys.policies,
    queryFn: ({ signal }) => answer(client.GET("/v1/checkout/policies", { signal })),
  });
}

/** `version` is the one that the person saw: a change made by somebody else meanwhile is not written over. */
export function useSaveCheckoutPolicies() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ version, body }: { version: number; body: CheckoutPolicies }) =>
      answer(
        client.PUT("/v1/checkout/policies", { params: { header: { "if-match": `"${version}"` } }, body }),
      ),
    onSuccess: (saved) => queries.setQueryData(checkoutKeys.policies, saved),
  });
}

export function useWaitingRefunds() {
  return useQuery({
    queryKey: checkoutKeys.waiting,
    queryFn: ({ signal }) => answer(client.GET("/v1/checkout/waiting-refunds", { signal })),
    select: (page) => page.items,
  });
}

/** What a cart would cost and earn; nothing is written. */
export function useQuote() {
  return useMutation({
    mutationFn: (body: Cart) => answer(client.POST("/v1/checkout/quote", { body })),
  });
}

/** A refund's number names it: sent twice, it is done once. */
export function useRefund() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: RefundWish) => answer(client.POST("/v1/checkout/refund", { body })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["orders"] });
      void queries.invalidateQueries({ queryKey: memberKeys.all });
      void queries.invalidateQueries({ queryKey: checkoutKeys.waiting });
    },
  });
}
