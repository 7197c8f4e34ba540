import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { OrdersQuery } from "./contract";

export const orderKeys = {
  list: (query: OrdersQuery) => ["orders", "list", query] as const,
  count: (query: OrdersQuery) => ["orders", "count", query] as const,
  one: (id: number | string) => ["orders", "one", id] as const,
};

export function useOrders(query: OrdersQuery, isEnabled = true) {
  return useQuery({
    queryKey: orderKeys.list(query),
    queryFn: ({ signal }) => answer(client.GET("/v1/orders", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  });
}

export function useOrderCount(query: OrdersQuery) {
  return useQuery({
    queryKey: orderKeys.count(query),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/orders", { params: { query: { ...query, limit: 1, count: "capped" } }, signal }),
      ),
    select: (page) => page.count ?? null,
  });
}

export function useOrder(id: number | string) {
  return useQuery({
    queryKey: orderKeys.one(id),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/orders/{order}", { params: { path: { order: String(id) } }, signal })),
  });
}
