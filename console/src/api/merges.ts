import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { accountKeys } from "./accounts";
import { underKey } from "./attempt";
import { answer, client } from "./client";
import type { paths } from "./contract";
import { duplicateKeys } from "./duplicates";
import { memberKeys } from "./members";

type Preview = paths["/v1/merges/preview"]["post"];
export type MergePreview = Preview["responses"][200]["content"]["application/json"];
export type Pair = Preview["requestBody"]["content"]["application/json"];
export type Side = NonNullable<Pair["choices"]>[string];
export type Merge =
  paths["/v1/merges"]["get"]["responses"][200]["content"]["application/json"]["items"][number];
export type MergesQuery = NonNullable<paths["/v1/merges"]["get"]["parameters"]["query"]>;

export const mergeKeys = {
  all: ["merges"] as const,
  list: (query: MergesQuery) => ["merges", "list", query] as const,
  preview: (pair: Pair) => ["merges", "preview", pair] as const,
};

export function useMerges(query: MergesQuery) {
  return useQuery({
    queryKey: mergeKeys.list(query),
    queryFn: ({ signal }) => answer(client.GET("/v1/merges", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** Asking what a merge would do changes nothing, whatever its verb. */
export function useMergePreview(pair: Pair) {
  return useQuery({
    queryKey: mergeKeys.preview(pair),
    queryFn: ({ signal }) => answer(client.POST("/v1/merges/preview", { body: pair, signal })),
    placeholderData: keepPreviousData,
    // What it tells may be another thing a minute later.
    gcTime: 0,
  });
}

export function useMerge() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ key, ...body }: Pair & { reason: string; key: string }) =>
      answer(client.POST("/v1/merges", { params: underKey(key), body })),
    onSuccess: refresh,
  });
}

export function useUndoMerge() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, reason }: { id: number; reason: string }) =>
      answer(client.POST("/v1/merges/{merge}/undo", { params: { path: { merge: id } }, body: { reason } })),
    onSuccess: refresh,
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => {
    for (const queryKey of [duplicateKeys.all, memberKeys.all, accountKeys.all, ["merges", "list"]])
      void queries.invalidateQueries({ queryKey });
  };
}
