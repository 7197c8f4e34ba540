import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client, Refused } from "./client";
import type { Session } from "./contract";

export const sessionKeys = { current: ["session"] as const };

/** `null` means that nobody is signed in. */
export function useSession() {
  return useQuery<Session | null>({
    queryKey: sessionKeys.current,
    queryFn: async ({ signal }) => {
      try {
        return await answer(client.GET("/v1/session", { signal }));
      } catch (error) {
        if (error instanceof Refused && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { username: string; password: string }) =>
      answer(client.POST("/v1/session", { body })),
    onSuccess: (session) => queries.setQueryData(sessionKeys.current, session),
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(client.DELETE("/v1/session")),
    onSuccess: () => {
      queries.setQueryData(sessionKeys.current, null);
      // What one person saw must not flash up for the next.
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKeys.current[0] });
    },
  });
}

export function useChangePassword() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { current_password: string; new_password: string }) =>
      answer(client.POST("/v1/session/password", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionKeys.current }),
  });
}
