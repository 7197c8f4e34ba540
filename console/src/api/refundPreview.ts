import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { RefundWish } from "./checkout";
import { answer, client } from "./client";

/** What a refund would do; null: nothing is chosen yet. */
export function useRefundPreview(wish: RefundWish | null) {
  return useQuery({
    queryKey: ["orders", "refund-preview", wish],
    queryFn: ({ signal }) =>
      answer(client.POST("/v1/checkout/refund/preview", { body: wish as RefundWish, signal })),
    enabled: wish !== null,
    placeholderData: keepPreviousData,
    // What is left of an order may change at another till.
    gcTime: 0,
  });
}
