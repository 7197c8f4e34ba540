import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import { couponKeys } from "./coupons";
import type { components } from "./schema";

type Shapes = components["schemas"];
export type ShownCoupon = Shapes["CouponLookupOut"];
export type StoreRedemption = Shapes["StoreRedemptionOut"];

export interface Asked {
  code: string;
  store: string;
  member: string;
  amountMinor: number | null;
}

const tillKeys = {
  all: [...couponKeys.all, "till"] as const,
  look: (asked: Asked) => [...couponKeys.all, "till", "look", asked] as const,
  day: (store: string) => [...couponKeys.all, "till", "day", store] as const,
};

/** A coupon as it stands at this moment: looked up anew each time that a code is shown. */
export function useLookUpCoupon(asked: Asked) {
  const { code, store, member, amountMinor } = asked;
  return useQuery({
    queryKey: tillKeys.look(asked),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/coupons/lookup", {
          params: {
            query: { code, store, member: member || undefined, amount_minor: amountMinor ?? undefined },
          },
          signal,
        }),
      ),
    enabled: code !== "" && store !== "",
    placeholderData: (before) => (before?.code === code ? before : undefined),
    gcTime: 0,
    retry: false,
  });
}

export function useRedemptionsOfDay(store: string) {
  return useQuery({
    queryKey: tillKeys.day(store),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/coupons/redemptions", { params: { query: { store } }, signal })),
    enabled: store !== "",
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

function useChanged() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: tillKeys.all });
}

/** `key`: sent again after a broken connection, the same answer is given and nothing is redeemed twice. */
export function useRedeemCoupon() {
  return useMutation({
    mutationFn: ({ asked, note, key }: { asked: Asked; note: string; key: string }) =>
      answer(
        client.POST("/v1/coupons/{code}/redeem", {
          params: { path: { code: asked.code } },
          headers: { "Idempotency-Key": key },
          body: {
            store: asked.store,
            member: asked.member || null,
            amount_minor: asked.amountMinor,
            note: note.trim() || null,
            goods: [],
            source: "counter",
          },
        }),
      ),
    onSettled: useChanged(),
  });
}

export function useUndoRedemption() {
  return useMutation({
    mutationFn: ({ code, reason, key }: { code: string; reason: string; key: string }) =>
      answer(
        client.POST("/v1/coupons/{code}/undo-redemption", {
          params: { path: { code } },
          headers: { "Idempotency-Key": key },
          body: { reason },
        }),
      ),
    onSettled: useChanged(),
  });
}
