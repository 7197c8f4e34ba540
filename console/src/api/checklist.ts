import { useQuery } from "@tanstack/react-query";
import { answer, client } from "./client";

/** What a new shop does first, and which of it is done. */
export function useChecklist(isEnabled: boolean) {
  return useQuery({
    queryKey: ["checklist"],
    queryFn: ({ signal }) => answer(client.GET("/v1/checklist", { signal })),
    // Whoever comes back from doing a step sees it ticked.
    staleTime: 0,
    enabled: isEnabled,
  });
}
