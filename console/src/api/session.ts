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

/** Whether the signed-in person may do something; the server decides again. */
export function useMay(): (permission: string) => boolean {
  const { data: session } = useSession();
  return (permission) => session?.permissions.includes(permission) ?? false;
}

interface Credentials {
  username: string;
  password: string;
  /** Chosen just now, so it counts more than what the person chose before. */
  language: Language | null;
}

type Language = NonNullable<Session["user"]["language"]>;

const keepLanguage = (language: Language) => answer(client.PATCH("/v1/session", { body: { language } }));

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ language, ...body }: Credentials) => {
      const session = await answer(client.POST("/v1/session", { body }));
      if (!language || language === session.user.language) return session;
      return keepLanguage(language).catch(() => session);
    },
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

/** The language is the person's and not the browser's: it is there wherever the person signs in. */
export function useKeepLanguage() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: keepLanguage,
    onSuccess: (session) => queries.setQueryData(sessionKeys.current, session),
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
