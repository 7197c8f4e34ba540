import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { answer, client } from "./client";

type Id = number | string;

export const accountKeys = {
  all: ["accounts"] as const,
  list: (member: Id) => ["accounts", member] as const,
  entries: (member: Id, currency: string) => ["accounts", member, currency, "entries"] as const,
};

export function useAccounts(member: Id) {
  return useQuery({
    queryKey: accountKeys.list(member),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/members/{member}/accounts", { params: { path: { member: String(member) } }, signal }),
      ),
  });
}

export function useEntries(member: Id, currency: string) {
  return useInfiniteQuery({
    queryKey: accountKeys.entries(member, currency),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      answer(
        client.GET("/v1/members/{member}/accounts/{currency}/entries", {
          params: { path: { member: String(member), currency }, query: { cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next ?? undefined,
  });
}
