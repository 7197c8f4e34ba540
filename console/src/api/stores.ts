import { useQuery } from "@tanstack/react-query";
import { answer, client } from "./client";

export const storeKeys = { all: ["stores"] as const };

export function useStores(isEnabled = true) {
  return useQuery({
    queryKey: storeKeys.all,
    queryFn: ({ signal }) => answer(client.GET("/v1/stores", { signal })),
    staleTime: 5 * 60_000,
    select: (page) => page.items,
    enabled: isEnabled,
  });
}
