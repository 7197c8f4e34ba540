import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { accountKeys } from "./accounts";
import { answer, client } from "./client";
import type { AdjustmentsQuery } from "./contract";
import { memberKeys } from "./members";

export const adjustmentKeys = {
  all: ["adjustments"] as const,
  list: (query: AdjustmentsQuery) => ["adjustments", query] as const,
};

export function useAdjustments(query: AdjustmentsQuery) {
  return useQuery({
    queryKey: adjustmentKeys.list(query),
    queryFn: ({ signal }) => answer(client.GET("/v1/ledger/adjustments", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** An adjustment that is decided stays decided, so asking twice does no harm: the second time is refused. */
export function useApprove() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, confirmation }: { id: number; confirmation: string | null }) =>
      answer(
        client.POST("/v1/ledger/adjustments/{adjustment}/approve", {
          params: { path: { adjustment: id } },
          body: { confirmation },
        }),
      ),
    onSuccess: refresh,
  });
}

export function useReject() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, note }: { id: number; note: string }) =>
      answer(
        client.POST("/v1/ledger/adjustments/{adjustment}/reject", {
          params: { path: { adjustment: id } },
          body: { note },
        }),
      ),
    onSuccess: refresh,
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => {
    for (const queryKey of [adjustmentKeys.all, accountKeys.all, memberKeys.all])
      void queries.invalidateQueries({ queryKey });
  };
}
