import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { newKey, underKey } from "./attempt";
import { answer, client } from "./client";
import type { components, paths } from "./schema";

type Shapes = components["schemas"];
export type AuditLine = Shapes["AuditLineOut"];
export type AuditDetail = Shapes["AuditDetailOut"];
export type AuditChange = Shapes["AuditChangeOut"];
export type AuditChain = Shapes["AuditChainOut"];
export type AuditWord = Shapes["AuditWordOut"];
export type AuditQuery = NonNullable<paths["/v1/audit"]["get"]["parameters"]["query"]>;

const all = ["audit"] as const;

export function useAuditLines(query: AuditQuery) {
  return useQuery({
    queryKey: [...all, "lines", query],
    queryFn: ({ signal }) => answer(client.GET("/v1/audit", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function useAuditLine(line: number) {
  return useQuery({
    queryKey: [...all, "line", line],
    queryFn: ({ signal }) => answer(client.GET("/v1/audit/{line}", { params: { path: { line } }, signal })),
  });
}

/** What was done to one member, for whoever sees the member. */
export function useAuditOfMember(member: number) {
  return useInfiniteQuery({
    queryKey: [...all, "member", member],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      answer(
        client.GET("/v1/audit/members/{member}", {
          params: { path: { member: String(member) }, query: { limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function useAuditWords() {
  return useQuery({
    queryKey: [...all, "words"],
    queryFn: ({ signal }) => answer(client.GET("/v1/audit/words", { signal })),
    staleTime: 300_000,
  });
}

/** `isAwaited`: somebody has just asked for a verification, so the answer is looked for often. */
export function useAuditChain(isAwaited: boolean) {
  return useQuery({
    queryKey: [...all, "chain"],
    queryFn: ({ signal }) => answer(client.GET("/v1/audit/chain", { signal })),
    refetchInterval: isAwaited ? 1500 : 30_000,
  });
}

export function useVerifyAudit() {
  return useMutation({
    mutationFn: () => answer(client.POST("/v1/audit/verifications", { params: underKey(newKey()) })),
  });
}

export function useKeepAuditFor() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (days: number) =>
      answer(client.PUT("/v1/audit/settings", { body: { retention_days: days } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: all }),
  });
}

export function useOpenDifference(line: number) {
  return useMutation({
    mutationFn: (reason: string) =>
      answer(client.POST("/v1/audit/{line}/difference", { params: { path: { line } }, body: { reason } })),
  });
}

export function exportAudit(query: AuditQuery): Promise<Blob> {
  const { limit: _limit, cursor: _cursor, ...filters } = query;
  return answer(
    client.GET("/v1/audit/export", { params: { query: filters }, parseAs: "blob" }),
  ) as Promise<Blob>;
}
