/** One's own account: sessions, second factors, and proving again who one is. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import { askPasskey, makePasskey } from "./passkey";
import { sessionKeys } from "./session";

export const accountOwnKeys = { factors: ["own", "factors"] as const, signIns: ["own", "sign-ins"] as const };

export function useFactors(isWanted = true) {
  return useQuery({
    queryKey: accountOwnKeys.factors,
    queryFn: ({ signal }) => answer(client.GET("/v1/session/factors", { signal })),
    enabled: isWanted,
  });
}

export function useOwnSignIns() {
  return useQuery({
    queryKey: accountOwnKeys.signIns,
    queryFn: ({ signal }) => answer(client.GET("/v1/sign-ins", { signal })),
    select: (page) => page.items,
  });
}

export function useEndOwnSignIn() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (session_id: number) =>
      answer(client.DELETE("/v1/sign-ins/{session_id}", { params: { path: { session_id } } })),
    onSuccess: refresh,
  });
}

export function useProve() {
  return useMutation({
    mutationFn: (body: { password?: string; code?: string }) =>
      answer(client.POST("/v1/session/proof", { body })),
  });
}

export function useProveByPasskey() {
  return useMutation({
    mutationFn: async () => {
      const { options } = await answer(client.POST("/v1/session/proof/options"));
      const credential = await askPasskey(options);
      return answer(client.POST("/v1/session/proof", { body: { credential } }));
    },
  });
}

export function useBeginTotp() {
  return useMutation({ mutationFn: () => answer(client.POST("/v1/session/totp")) });
}

export function useConfirmTotp() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (code: string) => answer(client.POST("/v1/session/totp/confirmation", { body: { code } })),
    onSuccess: refresh,
  });
}

export function useRemoveTotp() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: { password: string; code: string }) =>
      answer(client.POST("/v1/session/totp/removal", { body })),
    onSuccess: refresh,
  });
}

export function useRenewRecoveryCodes() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => answer(client.POST("/v1/session/recovery-codes")),
    onSuccess: refresh,
  });
}

export function useAddPasskey() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async (name: string) => {
      const { options } = await answer(client.POST("/v1/session/passkeys/options"));
      const credential = await makePasskey(options);
      return answer(client.POST("/v1/session/passkeys", { body: { name, credential } }));
    },
    onSuccess: refresh,
  });
}

export function useRemovePasskey() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (passkey_id: number) =>
      answer(client.DELETE("/v1/session/passkeys/{passkey_id}", { params: { path: { passkey_id } } })),
    onSuccess: refresh,
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => {
    for (const queryKey of [accountOwnKeys.factors, accountOwnKeys.signIns, sessionKeys.current])
      void queries.invalidateQueries({ queryKey });
  };
}
