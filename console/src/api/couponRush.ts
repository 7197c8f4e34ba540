import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { underKey } from "./attempt";
import { answer, client } from "./client";
import { couponKeys } from "./coupons";
import type { components } from "./schema";

type Shapes = components["schemas"];
export type RushState = Shapes["RushStateOut"];
export type CouponDraw = Shapes["CouponDrawOut"];
export type DrawEntry = Shapes["CouponDrawEntryOut"];

export const rushKeys = {
  state: (template: string) => [...couponKeys.all, "rush", template] as const,
  draws: (template: string) => [...couponKeys.all, "draws", template] as const,
  entries: (template: string, round: number, cursor: string, limit: number) =>
    [...couponKeys.all, "draws", template, round, cursor, limit] as const,
};

/** How the rush stands; asked again every other second while somebody looks. */
export function useRush(code: string) {
  return useQuery({
    queryKey: rushKeys.state(code),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/coupon-templates/{code}/rush", { params: { path: { code } }, signal })),
    refetchInterval: 2_000,
  });
}

/** The draws, the newest first; watched while one of them is not drawn yet. */
export function useDraws(code: string) {
  return useQuery({
    queryKey: rushKeys.draws(code),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/coupon-templates/{code}/draws", { params: { path: { code } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items.some(isAhead) ? 5_000 : false),
  });
}

export function isAhead(draw: CouponDraw): boolean {
  return draw.state !== "drawn" || draw.given < Math.min(draw.winners, draw.entries);
}

export function useDrawEntries(code: string, round: number, cursor: string, limit: number) {
  const query = { limit, ...(cursor ? { cursor } : {}) };
  return useQuery({
    queryKey: rushKeys.entries(code, round, cursor, limit),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/coupon-templates/{code}/draws/{round}/entries", {
          params: { path: { code, round }, query },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

export function useAnnounceDraw(code: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: { key: string } & Shapes["CouponDrawIn"]) =>
      answer(
        client.POST("/v1/coupon-templates/{code}/draws", {
          params: { path: { code }, ...underKey(key) },
          body,
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: rushKeys.draws(code) }),
  });
}
