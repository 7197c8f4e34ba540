import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client, problemFrom, Refused, standardHeaders, Unreachable } from "./client";
import type { Import } from "./contract";

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

/** fetch cannot tell how much of an upload has gone out; a 45 MB file deserves a number, so this one call uses XMLHttpRequest. */
function send({ file, mapping, onSent }: ImportStart): Promise<Import> {
  return new Promise((resolve, reject) => {
    const body = new FormData();
    body.append("kind", "orders");
    body.append("mapping", mapping);
    body.append("file", file);
    const request = new XMLHttpRequest();
    request.open("POST", "/v1/imports");
    for (const [name, value] of Object.entries(standardHeaders())) request.setRequestHeader(name, value);
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onSent(event.loaded / event.total);
    };
    request.onerror = () => reject(new Unreachable());
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as Import);
      else reject(new Refused(problemFrom(request.response, request.status), request.status, null));
    };
    request.send(body);
  });
}

export function useStartImport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => queries.invalidateQueries({ queryKey: importKeys.list }),
  });
}
