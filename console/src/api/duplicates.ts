import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { newKey, underKey } from "./attempt";
import { answer, client } from "./client";
import type { paths } from "./contract";

type Answer<Path extends "/v1/duplicates" | "/v1/duplicates/search" | "/v1/duplicates/settings"> =
  paths[Path]["get"]["responses"][200]["content"]["application/json"];

export type Duplicate = Answer<"/v1/duplicates">["items"][number];
export type Likelihood = Duplicate["likelihood"];
export type DuplicateSearch = NonNullable<Answer<"/v1/duplicates/search">["search"]>;
export type DuplicatePolicy = Answer<"/v1/duplicates/settings">;
export type DuplicatesQuery = NonNullable<paths["/v1/duplicates"]["get"]["parameters"]["query"]>;

export const duplicateKeys = {
  all: ["duplicates"] as const,
  list: (query: DuplicatesQuery) => ["duplicates", "list", query] as const,
  search: ["duplicates", "search"] as const,
  policy: ["duplicates", "policy"] as const,
};

export function useDuplicates(query: DuplicatesQuery) {
  return useQuery({
    queryKey: duplicateKeys.list(query),
    queryFn: ({ signal }) => answer(client.GET("/v1/duplicates", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function useDismiss() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: { id: number; reason: string }) =>
      answer(
        client.POST("/v1/duplicates/{pair}/dismiss", { params: { path: { pair: id } }, body: { reason } }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: duplicateKeys.all }),
  });
}

/** While a search runs it is asked for every second, and the list after its end. */
export function useLastSearch() {
  return useQuery({
    queryKey: duplicateKeys.search,
    queryFn: ({ signal }) => answer(client.GET("/v1/duplicates/search", { signal })),
    select: (found) => found.search,
    refetchInterval: (query) => (query.state.data?.search?.state === "running" ? 1000 : false),
  });
}

export function useSearchNow() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(client.POST("/v1/duplicates/search", { params: underKey(newKey()) })),
    // Also after a refusal: then somebody else's search is running, and should be seen.
    onSettled: () => queries.invalidateQueries({ queryKey: duplicateKeys.search }),
  });
}

export function useDuplicatePolicy() {
  return useQuery({
    queryKey: duplicateKeys.policy,
    queryFn: ({ signal }) => answer(client.GET("/v1/duplicates/settings", { signal })),
  });
}

export function useSavePolicy() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Pick<DuplicatePolicy, "merges_automatically" | "least_score">) =>
      answer(client.PUT("/v1/duplicates/settings", { body })),
    onSuccess: (policy) => queries.setQueryData(duplicateKeys.policy, policy),
  });
}
