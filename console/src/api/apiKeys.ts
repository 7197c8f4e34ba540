import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { components } from "./schema";

type Shapes = components["schemas"];
export type ApiKey = Shapes["ApiKeyOut"];
export type MadeApiKey = Shapes["MadeApiKeyOut"];
export type NewApiKey = Shapes["NewApiKeyIn"];
export type ScopeGroup = Shapes["ApiKeyScopeGroupOut"];

const all = ["api-keys"] as const;

export function useApiKeys() {
  return useQuery({
    queryKey: all,
    queryFn: ({ signal }) => answer(client.GET("/v1/api-keys", { signal })),
  });
}

export function useScopes() {
  return useQuery({
    queryKey: [...all, "scopes"],
    queryFn: ({ signal }) => answer(client.GET("/v1/api-keys/scopes", { signal })),
    staleTime: 300_000,
  });
}

export function useApiKeyUsage(key: number) {
  return useQuery({
    queryKey: [...all, key, "usage"],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/api-keys/{key}/usage", { params: { path: { key }, query: { days: 30 } }, signal }),
      ),
  });
}

/** Secrets are in the answers, so these wishes carry no key under which an answer would be kept. */
export function useMakeApiKey() {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (body: NewApiKey) => answer(client.POST("/v1/api-keys", { body })),
    onSuccess,
  });
}

export function useChangeApiKey(key: number) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (body: NewApiKey) =>
      answer(client.PATCH("/v1/api-keys/{key}", { params: { path: { key } }, body })),
    onSuccess,
  });
}

export function useRotateApiKey(key: number) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (hours: number) =>
      answer(
        client.POST("/v1/api-keys/{key}/secrets", {
          params: { path: { key } },
          body: { grace_hours: hours },
        }),
      ),
    onSuccess,
  });
}

export function useSwitchApiKey(key: number) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (isLive: boolean) => {
      const params = { path: { key } };
      return isLive
        ? answer(client.POST("/v1/api-keys/{key}/enable", { params }))
        : answer(client.POST("/v1/api-keys/{key}/disable", { params }));
    },
    onSuccess,
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: all });
}
