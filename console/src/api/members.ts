import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { underKey } from "./attempt";
import { answer, client } from "./client";
import type { MembersQuery, NewMember, ProfileChange } from "./contract";

type Id = number | string;

export const memberKeys = {
  all: ["members"] as const,
  list: (query: MembersQuery) => ["members", "list", query] as const,
  count: (query: MembersQuery) => ["members", "count", query] as const,
  one: (id: Id) => ["members", "one", id] as const,
  timeline: (id: Id, kinds: string) => ["members", "timeline", id, kinds] as const,
  orders: (id: Id) => ["members", "orders", id] as const,
  tierChanges: (id: Id) => ["members", "tier-changes", id] as const,
};

export function useMembers(query: MembersQuery, isEnabled = true) {
  return useQuery({
    queryKey: memberKeys.list(query),
    queryFn: ({ signal }) => answer(client.GET("/v1/members", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  });
}

/** Counting is slower than listing, so it is asked for on its own and the list never waits for it. */
export function useMemberCount(query: MembersQuery) {
  return useQuery({
    queryKey: memberKeys.count(query),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/members", { params: { query: { ...query, limit: 1, count: "capped" } }, signal }),
      ),
    select: (page) => page.count ?? null,
  });
}

export function useMemberOverview(id: Id) {
  return useQuery({
    queryKey: memberKeys.one(id),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/members/{member}/overview", { params: { path: { member: String(id) } }, signal }),
      ),
  });
}

export function useMemberTimeline(id: Id, kinds: string) {
  return useInfiniteQuery({
    queryKey: memberKeys.timeline(id, kinds),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      answer(
        client.GET("/v1/members/{member}/timeline", {
          params: {
            path: { member: String(id) },
            query: { kinds: kinds || undefined, limit: 50, cursor: pageParam },
          },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function useMemberOrders(id: Id) {
  return useInfiniteQuery({
    queryKey: memberKeys.orders(id),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      answer(
        client.GET("/v1/members/{member}/orders", {
          params: { path: { member: String(id) }, query: { limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function useTierChanges(id: Id) {
  return useQuery({
    queryKey: memberKeys.tierChanges(id),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/members/{member}/tier-changes", {
          params: { path: { member: String(id) }, query: { limit: 100 } },
          signal,
        }),
      ),
  });
}

export function useSignUp() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, body }: { key: string; body: NewMember }) =>
      answer(
        client.POST("/v1/members", {
          params: underKey(key),
          body: { identities: [], custom: {}, source: {}, ...body },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: memberKeys.all }),
  });
}

/** Changes the profile; `version` is the one that the person saw. */
export function useChangeProfile(member: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ version, body }: { version: number; body: ProfileChange }) =>
      answer(
        client.PATCH("/v1/members/{member}", {
          params: { path: { member: String(member) }, header: { "if-match": `"${version}"` } },
          body: { custom: {}, ...body },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: memberKeys.all }),
  });
}
