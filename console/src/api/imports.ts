import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { Import, paths } from "./contract";
import { upload } from "./upload";

type Mappings = paths["/v1/import-mappings"]["get"]["responses"][200]["content"]["application/json"];
export type Mapping = Mappings["items"][number];
export type MappingIn =
  paths["/v1/import-mappings/{code}"]["put"]["requestBody"]["content"]["application/json"];
export type Sample = paths["/v1/import-samples"]["post"]["responses"][200]["content"]["application/json"];
export type Fit = Sample["fits"][number];

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

export function returnsFileUrl(id: number): string {
  return `/v1/imports/${id}/unmatched-returns.csv`;
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

/** The first rows of files, and which mappings fit them. */
export function useSample() {
  return useMutation({
    mutationFn: (files: readonly File[]) =>
      upload<Sample>({ address: "/v1/import-samples", fields: {}, file: files, onSent: () => {} }),
  });
}

export function useSaveMapping() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ code, body }: { code: string; body: MappingIn }) =>
      answer(client.PUT("/v1/import-mappings/{code}", { params: { path: { code } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: importKeys.mappings }),
  });
}

export function useForgetMapping() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (code: string) =>
      answer(client.DELETE("/v1/import-mappings/{code}", { params: { path: { code } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: importKeys.mappings }),
  });
}

interface ImportStart {
  files: readonly File[];
  mapping: string;
  onSent: (share: number) => void;
}

export function useStartImport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ files, mapping, onSent }: ImportStart) =>
      upload<Import>({ address: "/v1/imports", fields: { mapping }, file: files, onSent }),
    onSuccess: () => queries.invalidateQueries({ queryKey: importKeys.list }),
  });
}
