import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { underKey } from "./attempt";
import { answer, client } from "./client";
import { couponKeys } from "./coupons";
import { memberKeys } from "./members";
import type { components } from "./schema";

type Shapes = components["schemas"];
export type CouponGift = Shapes["CouponHandoutOut"];
export type CouponGiftPreview = Shapes["CouponHandoutPreviewOut"];
/** Who is meant by a gift to many: a condition or a list, never both. */
export type Meant = { condition: { [field: string]: unknown } } | { members: string[] };

export const giftKeys = {
  all: ["coupon-gifts"] as const,
  list: (template: string, cursor: string) => ["coupon-gifts", "list", template, cursor] as const,
  preview: (template: string, meant: Meant | null) =>
    ["coupon-gifts", "preview", template, JSON.stringify(meant)] as const,
};

export function isAtWork(gift: CouponGift): boolean {
  return gift.state === "waiting" || gift.state === "running";
}

export function useGiveCoupon() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: { key: string; member: string; template: string; reason: string }) =>
      answer(client.POST("/v1/coupons", { params: underKey(key), body })),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: couponKeys.all }),
        queries.invalidateQueries({ queryKey: memberKeys.all }),
      ]),
  });
}

export function useVoidCoupon() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ code, reason }: { code: string; reason: string }) =>
      answer(client.POST("/v1/coupons/{code}/void", { params: { path: { code } }, body: { reason } })),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: couponKeys.all }),
        queries.invalidateQueries({ queryKey: memberKeys.all }),
      ]),
  });
}

/** How many a gift to many would go to, while somebody still says who is meant. */
export function useGiftPreview(template: string, meant: Meant | null) {
  return useQuery({
    queryKey: giftKeys.preview(template, meant),
    queryFn: ({ signal }) =>
      answer(client.POST("/v1/coupon-gifts/preview", { body: { template, ...meant }, signal })),
    placeholderData: keepPreviousData,
    enabled: meant !== null,
    retry: false,
  });
}

export function useCouponGifts(template: string, cursor: string) {
  return useQuery({
    queryKey: giftKeys.list(template, cursor),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/coupon-gifts", {
          params: { query: { template, limit: 20, cursor: cursor || undefined } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.items.some(isAtWork) ? 1500 : false),
  });
}

export function useGiveToMany() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({
      key,
      template,
      reason,
      seen,
      meant,
    }: {
      key: string;
      template: string;
      reason: string;
      seen: number;
      meant: Meant;
    }) =>
      answer(
        client.POST("/v1/coupon-gifts", {
          headers: { "Idempotency-Key": key },
          body: { template, reason, members_seen: seen, ...meant },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: giftKeys.all }),
  });
}

export function useCancelGift() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (gift: number) =>
      answer(client.POST("/v1/coupon-gifts/{gift}/cancel", { params: { path: { gift } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: giftKeys.all }),
  });
}

/** A template's name where only its code is known, as in a stored rule. */
export function useTemplateName(code: string | undefined) {
  return useQuery({
    queryKey: couponKeys.one(code ?? ""),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/coupon-templates/{code}", { params: { path: { code: code ?? "" } }, signal })),
    enabled: Boolean(code),
    retry: false,
    select: (template) => template.name,
  });
}
