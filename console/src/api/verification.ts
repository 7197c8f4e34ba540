import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { newKey, underKey } from "./attempt";
import { answer, client } from "./client";

export const verificationKeys = {
  list: ["verification", "list"] as const,
  roots: ["verification", "roots"] as const,
  key: ["verification", "key"] as const,
  balance: ["verification", "balance"] as const,
};

export function useVerifications() {
  return useInfiniteQuery({
    queryKey: verificationKeys.list,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      answer(
        client.GET("/v1/ledger/verifications", {
          params: { query: { limit: 20, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: (query) => (query.state.data?.pages[0]?.items[0]?.state === "running" ? 1000 : false),
  });
}

export function useVerifyNow() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(client.POST("/v1/ledger/verifications", { params: underKey(newKey()) })),
    // Also after a refusal: then somebody else's verification is running, and should be seen.
    onSettled: () => queries.invalidateQueries({ queryKey: verificationKeys.list }),
  });
}

export function useRoots() {
  return useInfiniteQuery({
    queryKey: verificationKeys.roots,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      answer(client.GET("/v1/ledger/roots", { params: { query: { limit: 10, cursor: pageParam } }, signal })),
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function usePublicKey() {
  return useQuery({
    queryKey: verificationKeys.key,
    queryFn: ({ signal }) => answer(client.GET("/v1/ledger/public-key", { signal })),
    staleTime: 5 * 60_000,
  });
}

export function useTrialBalance() {
  return useQuery({
    queryKey: verificationKeys.balance,
    queryFn: ({ signal }) => answer(client.GET("/v1/ledger/trial-balance", { signal })),
  });
}
