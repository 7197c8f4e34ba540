import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { newKey, underKey } from "./attempt";
import { answer, client } from "./client";
import { consentKeys } from "./consents";
import { memberKeys } from "./members";
import type { components, paths } from "./schema";

type Shapes = components["schemas"];
export type MemberRequest = Shapes["RequestOut"];
export type RequestPage = Shapes["RequestPageOut"];
export type RequestKind = MemberRequest["kind"];
export type NewRequest = Shapes["RequestIn"];
export type RequestRefusal = Shapes["RefusalIn"]["reason"];
export type ErasurePreview = Shapes["ErasurePreviewOut"];
export type RetentionLine = Shapes["RetentionLineOut"];
export type RequestsQuery = NonNullable<paths["/v1/requests"]["get"]["parameters"]["query"]>;

export const requestKinds: readonly RequestKind[] = [
  "access",
  "copy",
  "correction",
  "restriction",
  "deletion",
  "objection",
  "explanation",
];
export const refusalReasons: readonly RequestRefusal[] = [
  "identity",
  "excessive",
  "law",
  "others",
  "not_held",
];

export const requestKeys = {
  all: ["requests"] as const,
  list: (query: RequestsQuery) => ["requests", "list", query] as const,
  one: (id: number) => ["requests", "one", id] as const,
  preview: (id: number) => ["requests", "preview", id] as const,
  retention: ["requests", "retention"] as const,
};

export function useRequests(query: RequestsQuery) {
  return useQuery({
    queryKey: requestKeys.list(query),
    queryFn: ({ signal }) => answer(client.GET("/v1/requests", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** What is made or erased in the background is looked for until it is there. */
export function useRequest(id: number) {
  return useQuery({
    queryKey: requestKeys.one(id),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/requests/{request_id}", { params: { path: { request_id: id } }, signal })),
    refetchInterval: ({ state: { data } }) =>
      data?.copy_made?.state === "waiting" || data?.request.state === "cooling" ? 4000 : false,
  });
}

export function useErasurePreview(id: number, isWanted: boolean) {
  return useQuery({
    queryKey: requestKeys.preview(id),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/requests/{request_id}/erasure", { params: { path: { request_id: id } }, signal }),
      ),
    enabled: isWanted,
  });
}

export function useRetention() {
  return useQuery({
    queryKey: requestKeys.retention,
    queryFn: ({ signal }) => answer(client.GET("/v1/retention", { signal })),
  });
}

export function useTakeRequest() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: NewRequest) =>
      answer(client.POST("/v1/requests", { params: underKey(newKey()), body })),
    onSuccess: refresh,
  });
}

export type RequestWish =
  | { kind: "note" | "extension" | "completion" | "withdrawal"; words: string }
  | { kind: "refusal"; reason: RequestRefusal; words: string }
  | { kind: "restriction"; isRestricted: boolean }
  | { kind: "copy" }
  | { kind: "erasure"; confirm: string; isTold: boolean };

export function useWorkOnRequest(id: number) {
  const queries = useQueryClient();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (wish: RequestWish) => {
      const params = { path: { request_id: id } };
      switch (wish.kind) {
        case "note":
          return answer(
            client.POST("/v1/requests/{request_id}/notes", { params, body: { words: wish.words } }),
          );
        case "extension":
          return answer(
            client.POST("/v1/requests/{request_id}/extension", { params, body: { words: wish.words } }),
          );
        case "completion":
          return answer(
            client.POST("/v1/requests/{request_id}/completion", { params, body: { words: wish.words } }),
          );
        case "withdrawal":
          return answer(
            client.POST("/v1/requests/{request_id}/withdrawal", { params, body: { words: wish.words } }),
          );
        case "refusal":
          return answer(
            client.POST("/v1/requests/{request_id}/refusal", {
              params,
              body: { reason: wish.reason, words: wish.words },
            }),
          );
        case "restriction":
          return answer(
            client.PUT("/v1/requests/{request_id}/restriction", {
              params,
              body: { is_restricted: wish.isRestricted },
            }),
          );
        case "copy":
          return answer(client.POST("/v1/requests/{request_id}/copy", { params }));
        case "erasure":
          return answer(
            client.POST("/v1/requests/{request_id}/erasure", {
              params,
              body: { confirm: wish.confirm, told_points_lost: wish.isTold },
            }),
          );
      }
    },
    onSuccess: (page) => {
      queries.setQueryData(requestKeys.one(id), page);
      refresh();
    },
  });
}

export function requestCopy(id: number): Promise<Blob> {
  return answer(
    client.GET("/v1/requests/{request_id}/copy/file", {
      params: { path: { request_id: id } },
      parseAs: "blob",
    }),
  ) as Promise<Blob>;
}

function useRefresh() {
  const queries = useQueryClient();
  return () => {
    for (const queryKey of [requestKeys.all, consentKeys.all, memberKeys.all])
      void queries.invalidateQueries({ queryKey });
  };
}
