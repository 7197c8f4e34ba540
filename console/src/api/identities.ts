import { useMutation, useQueryClient } from "@tanstack/react-query";
import { newKey, underKey } from "./attempt";
import { answer, client } from "./client";
import type { paths } from "./contract";
import { duplicateKeys } from "./duplicates";
import { memberKeys } from "./members";

type Body<Path extends `/v1/members/{member}/${"identities" | "status"}`> =
  paths[Path]["post"]["requestBody"]["content"]["application/json"];
export type NewIdentity = Body<"/v1/members/{member}/identities">;
export type StatusWish = Body<"/v1/members/{member}/status">;
export type Proof =
  paths["/v1/members/{member}/identities/{handle}/verify"]["post"]["requestBody"]["content"]["application/json"]["how"];

export function useAddIdentity(member: number) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: NewIdentity) =>
      answer(
        client.POST("/v1/members/{member}/identities", {
          params: { path: { member: String(member) }, ...underKey(newKey()) },
          body,
        }),
      ),
    onSuccess: refresh,
  });
}

export function useVerifyIdentity(member: number) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ handle, how }: { handle: string; how: Proof }) =>
      answer(
        client.POST("/v1/members/{member}/identities/{handle}/verify", {
          params: { path: { member: String(member), handle } },
          body: { how },
        }),
      ),
    onSuccess: refresh,
  });
}

export function useRemoveIdentity(member: number) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ handle, reason }: { handle: string; reason: string }) =>
      answer(
        client.POST("/v1/members/{member}/identities/{handle}/remove", {
          params: { path: { member: String(member), handle } },
          body: { reason },
        }),
      ),
    onSuccess: refresh,
  });
}

export function useSetStatus(member: number) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: StatusWish) =>
      answer(
        client.POST("/v1/members/{member}/status", { params: { path: { member: String(member) } }, body }),
      ),
    onSuccess: refresh,
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => {
    for (const queryKey of [memberKeys.all, duplicateKeys.all]) void queries.invalidateQueries({ queryKey });
  };
}
