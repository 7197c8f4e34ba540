import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { Export, NewExport } from "./contract";

export const exportKeys = {
  lists: ["exports", "lists"] as const,
  list: (everybody: boolean) => ["exports", "list", everybody] as const,
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

export function useAskExport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewExport) => answer(client.POST("/v1/exports", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["exports"] }),
  });
}
