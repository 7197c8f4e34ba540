import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, client, Refused } from "./client";
import type { Found } from "./contract";

const nothing: Found = {
  members: [],
  orders: [],
  coupons: [],
  templates: [],
  products: [],
  employees: [],
  stores: [],
  more: [],
};

/** What a text may mean, a few of each kind. */
export function useSearch(q: string) {
  return useQuery({
    queryKey: ["search", q],
    queryFn: async ({ signal }): Promise<Found> => {
      try {
        return await answer(client.GET("/v1/search", { params: { query: { q } }, signal }));
      } catch (error) {
        // What cannot be anybody's name or number is not found; that is all.
        if (error instanceof Refused && error.status === 422) return nothing;
        throw error;
      }
    },
    enabled: q !== "",
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}
