import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { underKey } from "./attempt";
import { answer, client } from "./client";
import type { components } from "./schema";

type Shapes = components["schemas"];
export type BulkAct = Shapes["BulkActOut"];
export type BulkPreview = Shapes["BulkPreviewOut"];
export type BulkWish = Shapes["BulkWishIn"];

export const bulkKeys = {
  actions: ["bulk", "actions"] as const,
  list: (cursor: string) => ["bulk", "acts", cursor] as const,
  acts: ["bulk", "acts"] as const,
  one: (id: number) => ["bulk", "act", id] as const,
};

export function isAtWork(act: BulkAct): boolean {
  return act.state === "waiting" || act.state === "running" || act.state === "undoing";
}

export function skippedUrl(id: number): string {
  return `/v1/bulk-acts/${id}/skipped.csv`;
}

/** What can be done to many members, for those who may act on many at all. */
export function useBulkActions(isEnabled: boolean) {
  return useQuery({
    queryKey: bulkKeys.actions,
    queryFn: ({ signal }) => answer(client.GET("/v1/bulk-actions", { signal })),
    staleTime: 5 * 60_000,
    enabled: isEnabled,
  });
}

export function useBulkPreview() {
  return useMutation({
    mutationFn: (body: BulkWish) => answer(client.POST("/v1/bulk-acts/preview", { body })),
  });
}

export function useStartBulk() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: Shapes["BulkActIn"] & { key: string }) =>
      answer(client.POST("/v1/bulk-acts", { params: underKey(key), body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: bulkKeys.acts }),
  });
}

export function useBulkActs(cursor: string) {
  return useQuery({
    queryKey: bulkKeys.list(cursor),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/bulk-acts", {
          params: { query: { limit: 50, cursor: cursor || undefined } },
          signal,
        }),
      ),
    refetchInterval: (query) => (query.state.data?.items.some(isAtWork) ? 2000 : false),
  });
}

/** How far one act is, for as long as it is at work. */
export function useBulkAct(asked: BulkAct) {
  return useQuery({
    queryKey: bulkKeys.one(asked.id),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/bulk-acts/{bulk_act}", { params: { path: { bulk_act: asked.id } }, signal })),
    initialData: asked,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data && isAtWork(query.state.data) ? 1000 : false),
  });
}

/** Stops an act, or takes it back. */
export function useChangeBulk() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, what }: { id: number; what: "stop" | "undo" }) => {
      const params = { path: { bulk_act: id } };
      return answer(
        what === "stop"
          ? client.POST("/v1/bulk-acts/{bulk_act}/stop", { params })
          : client.POST("/v1/bulk-acts/{bulk_act}/undo", { params }),
      );
    },
    onSuccess: (act) => {
      queries.setQueryData(bulkKeys.one(act.id), act);
      return queries.invalidateQueries({ queryKey: bulkKeys.acts });
    },
  });
}
