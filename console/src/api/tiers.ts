import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { underKey } from "./attempt";
import { answer, client } from "./client";
import type { TierGrantWish, TiersWish } from "./contract";
import { memberKeys } from "./members";

export const tierKeys = {
  all: ["tiers"] as const,
  schema: ["tiers", "schema"] as const,
  rejudging: ["tiers", "rejudging"] as const,
  ofMember: (id: number) => ["members", "tier", id] as const,
};

export function useTiers() {
  return useQuery({
    queryKey: tierKeys.all,
    queryFn: ({ signal }) => answer(client.GET("/v1/tiers", { signal })),
    staleTime: 5 * 60_000,
  });
}

/** The parameters as JSON Schema in the person's language, and schemes to begin with. */
export function useTierSchema() {
  return useQuery({
    queryKey: tierKeys.schema,
    queryFn: ({ signal }) => answer(client.GET("/v1/tiers/schema", { signal })),
    staleTime: 60 * 60_000,
  });
}

interface Wish {
  version: number;
  body: TiersWish;
}

function put({ version, body }: Wish, isDry: boolean) {
  return answer(
    client.PUT("/v1/tiers", {
      params: { header: { "if-match": `"${version}"` }, query: { dry_run: isDry } },
      body,
    }),
  );
}

/** What a scheme means and whom it would move; nothing is saved. */
export function usePreviewTiers() {
  return useMutation({ mutationFn: async (wish: Wish) => (await put(wish, true)).preview });
}

/** `version` is the one that the person saw: a change made by somebody else meanwhile is not written over. */
export function useSaveTiers() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: Wish) => put(wish, false),
    onSuccess: () => queries.invalidateQueries({ queryKey: tierKeys.all }),
  });
}

/** The newest time of judging everybody again, where `isWanted`; looked at every second while it runs. */
export function useRejudging(isWanted: boolean) {
  return useQuery({
    enabled: isWanted,
    queryKey: tierKeys.rejudging,
    queryFn: ({ signal }) => answer(client.GET("/v1/tiers/rejudgements", { signal })),
    select: (found) => found.newest,
    refetchInterval: (query) => (query.state.data?.newest?.state === "running" ? 1_000 : false),
  });
}

export function useRejudge() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (key: string) => answer(client.POST("/v1/tiers/rejudgements", { params: underKey(key) })),
    onSuccess: () => queries.invalidateQueries({ queryKey: tierKeys.rejudging }),
  });
}

export function useMemberTier(id: number) {
  return useQuery({
    queryKey: tierKeys.ofMember(id),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/members/{member}/tier", { params: { path: { member: String(id) } }, signal })),
  });
}

export function useGrantLevel(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, body }: { key: string; body: TierGrantWish }) =>
      answer(
        client.POST("/v1/members/{member}/tier-grants", {
          params: { path: { member: String(id) }, ...underKey(key) },
          body,
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: memberKeys.all }),
  });
}

export function useEndGrant(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, reason }: { key: string; reason: string }) =>
      answer(
        client.POST("/v1/members/{member}/tier-grants/end", {
          params: { path: { member: String(id) }, ...underKey(key) },
          body: { reason },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: memberKeys.all }),
  });
}
