import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { Export, NewExport } from "./contract";

export const exportKeys = {
  lists: ["exports", "lists"] as const,
  list: (everybody: boolean) => ["exports", "list", everybody] as const,
  recent: (list: string) => ["exports", "recent", list] as const,
  one: (id: number) => ["exports", "one", id] as const,
};

export function isBeingMade(one: Export): boolean {
  return one.state === "waiting" || one.state === "running";
}

export function fileUrl(id: number): string {
  return `/v1/exports/${id}/file`;
}

export function useExportLists(isOpen: boolean) {
  return useQuery({
    queryKey: exportKeys.lists,
    queryFn: ({ signal }) => answer(client.GET("/v1/export-lists", { signal })),
    staleTime: 5 * 60_000,
    enabled: isOpen,
  });
}

export function useExports(everybody: boolean) {
  return useQuery({
    queryKey: exportKeys.list(everybody),
    queryFn: ({ signal }) => answer(client.GET("/v1/exports", { params: { query: { everybody } }, signal })),
    refetchInterval: (query) => (query.state.data?.items.some(isBeingMade) ? 2000 : false),
  });
}

/** One's own latest exports of a list. */
export function useRecentExports(list: string, isOpen: boolean) {
  return useQuery({
    queryKey: exportKeys.recent(list),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/exports", { params: { query: { list, limit: 5 } }, signal })),
    refetchInterval: (query) => (query.state.data?.items.some(isBeingMade) ? 1000 : false),
    enabled: isOpen,
  });
}

/** How far one export is, for as long as it is being made. */
export function useExport(asked: Export) {
  return useQuery({
    queryKey: exportKeys.one(asked.id),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/exports/{export_id}", { params: { path: { export_id: asked.id } }, signal })),
    initialData: asked,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data && isBeingMade(query.state.data) ? 1000 : false),
  });
}

export function useAskExport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewExport) => answer(client.POST("/v1/exports", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["exports"] }),
  });
}
