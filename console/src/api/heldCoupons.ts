import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { answer, client } from "./client";
import { memberKeys } from "./members";
import type { components, paths } from "./schema";

type Shapes = components["schemas"];
export type HeldCoupon = Shapes["CouponRowOut"];
export type HeldCouponState = HeldCoupon["state"];
export type HeldCouponDetail = Shapes["CouponOut"];
export type CouponMove = Shapes["CouponMoveOut"];
export type CouponTransfer = Shapes["CouponTransferOut"];
export type HeldCouponsQuery = NonNullable<paths["/v1/coupons"]["get"]["parameters"]["query"]>;

export const heldCouponKeys = {
  all: ["coupons", "held"] as const,
  list: (query: HeldCouponsQuery) => ["coupons", "held", "list", query] as const,
  member: (id: number, states: readonly string[]) => ["coupons", "held", "member", id, ...states] as const,
  one: (code: string) => ["coupons", "held", "one", code] as const,
};

export function useHeldCoupons(query: HeldCouponsQuery) {
  return useQuery({
    queryKey: heldCouponKeys.list(query),
    queryFn: ({ signal }) => answer(client.GET("/v1/coupons", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function useMemberCoupons(memberId: number, states: HeldCouponState[]) {
  return useInfiniteQuery({
    queryKey: heldCouponKeys.member(memberId, states),
    queryFn: ({ signal, pageParam }) =>
      answer(
        client.GET("/v1/coupons", {
          params: { query: { member: String(memberId), state: states, cursor: pageParam || undefined } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
}

export function useHeldCoupon(code: string) {
  return useQuery({
    queryKey: heldCouponKeys.one(code),
    queryFn: ({ signal }) => answer(client.GET("/v1/coupons/{code}", { params: { path: { code } }, signal })),
  });
}

/** What changes with a coupon that changes hands: lists, its history, and the pages of two members. */
function useChanged() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: heldCouponKeys.all }),
      queries.invalidateQueries({ queryKey: memberKeys.all }),
    ]);
}

/** `key`: sent again after a broken connection, the same offer is answered. */
export function useOfferCoupon() {
  return useMutation({
    mutationFn: ({ code, key }: { code: string; key: string }) =>
      answer(
        client.POST("/v1/coupons/{code}/transfers", {
          params: { path: { code } },
          headers: { "Idempotency-Key": key },
          body: {},
        }),
      ),
    onSuccess: useChanged(),
  });
}

export function useWithdrawCoupon() {
  return useMutation({
    mutationFn: (transfer: number) =>
      answer(client.POST("/v1/coupon-transfers/{transfer}/withdraw", { params: { path: { transfer } } })),
    onSuccess: useChanged(),
  });
}
