import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client, Refused } from "./client";
import type { HalfSession, Session } from "./contract";
import { askPasskey } from "./passkey";

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

/** The whole session, or half of one where a second factor is asked for. */
export function useSignIn() {
  const enter = useEnter();
  return useMutation({
    mutationFn: async ({ language, ...body }: Credentials): Promise<Session | HalfSession> => {
      const opened = await answer<Session | HalfSession>(client.POST("/v1/session", { body }));
      return isWhole(opened) ? withLanguage(opened, language) : opened;
    },
    onSuccess: (opened) => {
      if (isWhole(opened)) enter(opened);
    },
  });
}

export const isWhole = (opened: Session | HalfSession): opened is Session => "user" in opened;

export function useSecondFactor() {
  const enter = useEnter();
  return useMutation({
    mutationFn: ({ code, language }: { code: string; language: Language | null }) =>
      answer(client.POST("/v1/session/second-factor", { body: { code } })).then((opened) =>
        withLanguage(opened, language),
      ),
    onSuccess: enter,
  });
}

export function usePasskeySignIn() {
  const enter = useEnter();
  return useMutation({
    mutationFn: async () => {
      const { options } = await answer(client.POST("/v1/session/passkey/options"));
      const credential = await askPasskey(options);
      return answer(client.POST("/v1/session/passkey", { body: { credential } }));
    },
    onSuccess: enter,
  });
}

export function useProviderChoices() {
  return useQuery({
    queryKey: ["providers", "choices"],
    queryFn: ({ signal }) => answer(client.GET("/v1/session/providers", { signal })),
    staleTime: 60_000,
    select: (page) => page.items,
  });
}

/** Leaves the console for the provider, which sends the browser back to `/sign-in/back`. */
export function useGoToProvider() {
  return useMutation({
    mutationFn: (provider: number) => answer(client.POST("/v1/session/provider/way", { body: { provider } })),
    onSuccess: ({ address }) => window.location.assign(address),
  });
}

export function useReturnFromProvider() {
  const enter = useEnter();
  return useMutation({
    mutationFn: (body: { code: string; state: string }) =>
      answer(client.POST("/v1/session/provider", { body })),
    onSuccess: enter,
  });
}

function useEnter() {
  const queries = useQueryClient();
  return (session: Session) => queries.setQueryData(sessionKeys.current, session);
}

function withLanguage(session: Session, language: Language | null): Session | Promise<Session> {
  if (!language || language === session.user.language) return session;
  return keepLanguage(language).catch(() => session);
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
