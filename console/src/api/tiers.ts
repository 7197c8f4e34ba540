import { useQuery } from "@tanstack/react-query";
import { answer, client } from "./client";

export const tierKeys = { all: ["tiers"] as const };

export function useTiers() {
  return useQuery({
    queryKey: tierKeys.all,
    queryFn: ({ signal }) => answer(client.GET("/v1/tiers", { signal })),
    staleTime: 5 * 60_000,
  });
}
