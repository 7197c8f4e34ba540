import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { MemberImport, MemberImportChange } from "./contract";
import { upload } from "./upload";

export const memberImportKeys = {
  fields: ["memberImports", "fields"] as const,
  list: ["memberImports", "list"] as const,
  one: (id: number | string) => ["memberImports", "one", Number(id)] as const,
};

export type Step = "dry-run" | "start" | "undo";

export function isAtWork(job: MemberImport): boolean {
  return ["checking", "waiting", "running", "undoing"].includes(job.state);
}

export function handedBackUrl(id: number, which: "rejects" | "duplicates"): string {
  return `/v1/member-imports/${id}/${which}.csv`;
}

export function useMemberImportFields() {
  return useQuery({
    queryKey: memberImportKeys.fields,
    queryFn: ({ signal }) => answer(client.GET("/v1/member-import-fields", { signal })),
    staleTime: 5 * 60_000,
  });
}

export function useMemberImports() {
  return useQuery({
    queryKey: memberImportKeys.list,
    queryFn: ({ signal }) => answer(client.GET("/v1/member-imports", { signal })),
    refetchInterval: (query) => (query.state.data?.items.some(isAtWork) ? 2000 : false),
  });
}

export function useMemberImport(id: number | string) {
  return useQuery({
    queryKey: memberImportKeys.one(id),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/member-imports/{import_id}", { params: { path: { import_id: Number(id) } }, signal }),
      ),
    refetchInterval: (query) => (query.state.data && isAtWork(query.state.data) ? 1000 : false),
  });
}

function useKept() {
  const queries = useQueryClient();
  return (job: MemberImport) => {
    queries.setQueryData(memberImportKeys.one(job.id), job);
    return queries.invalidateQueries({ queryKey: memberImportKeys.list });
  };
}

export function useMemberImportChange(id: number) {
  return useMutation({
    mutationFn: (body: MemberImportChange) =>
      answer(client.PATCH("/v1/member-imports/{import_id}", { params: { path: { import_id: id } }, body })),
    onSuccess: useKept(),
  });
}

export function useMemberImportStep(id: number) {
  const params = { path: { import_id: id } };
  return useMutation({
    mutationFn: (step: Step) => {
      if (step === "dry-run")
        return answer(client.POST("/v1/member-imports/{import_id}/dry-run", { params }));
      if (step === "start") return answer(client.POST("/v1/member-imports/{import_id}/start", { params }));
      return answer(client.POST("/v1/member-imports/{import_id}/undo", { params }));
    },
    onSuccess: useKept(),
  });
}

interface MemberImportUpload {
  file: File;
  onSent: (share: number) => void;
}

export function useMemberImportUpload() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, onSent }: MemberImportUpload) =>
      upload<MemberImport>({ address: "/v1/member-imports", fields: {}, file, onSent }),
    onSuccess: () => queries.invalidateQueries({ queryKey: memberImportKeys.list }),
  });
}
