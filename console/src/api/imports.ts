import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { Import } from "./contract";
import { upload } from "./upload";

export const importKeys = {
  mappings: ["imports", "mappings"] as const,
  list: ["imports", "list"] as const,
  one: (id: number | string) => ["imports", "one", id] as const,
};

export function isRunning(job: Import): boolean {
  return job.state === "waiting" || job.state === "reading" || job.state === "applying";
}

export function rejectsUrl(id: number): string {
  return `/v1/imports/${id}/rejects.csv`;
}

export function useImportMappings() {
  return useQuery({
    queryKey: importKeys.mappings,
    queryFn: ({ signal }) => answer(client.GET("/v1/import-mappings", { signal })),
    staleTime: 5 * 60_000,
    select: (page) => page.items,
  });
}

export function useImports() {
  return useQuery({
    queryKey: importKeys.list,
    queryFn: ({ signal }) => answer(client.GET("/v1/imports", { signal })),
    refetchInterval: (query) => (query.state.data?.items.some(isRunning) ? 2000 : false),
  });
}

export function useImport(id: number | string) {
  return useQuery({
    queryKey: importKeys.one(id),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/imports/{import_id}", { params: { path: { import_id: Number(id) } }, signal })),
    refetchInterval: (query) => (query.state.data && isRunning(query.state.data) ? 1000 : false),
  });
}

interface ImportStart {
  file: File;
  mapping: string;
  onSent: (share: number) => void;
}

export function useStartImport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, mapping, onSent }: ImportStart) =>
      upload<Import>({ address: "/v1/imports", fields: { kind: "orders", mapping }, file, onSent }),
    onSuccess: () => queries.invalidateQueries({ queryKey: importKeys.list }),
  });
}
