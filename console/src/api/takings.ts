import { useQuery } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { components } from "./schema";

export type Takings = components["schemas"]["TakingsOut"];

/** What came in at a store today. */
export function useTakings(store: number) {
  return useQuery({
    queryKey: ["orders", "takings", store],
    queryFn: ({ signal }) => answer(client.GET("/v1/takings", { params: { query: { store } }, signal })),
    refetchOnMount: "always",
  });
}
