import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";

type Value = Record<string, unknown>;
type Settings = Record<string, Value>;
/** What a setting is to be: told, or made of what it is; `null` lets it go. */
export type Change = Value | null | ((kept: Value | undefined) => Value | null);

const settings = queryOptions({
  queryKey: ["session", "settings"] as const,
  queryFn: async ({ signal }): Promise<Settings> =>
    (await answer(client.GET("/v1/session/settings", { signal }))).settings,
  staleTime: Number.POSITIVE_INFINITY,
});

/** Everything that the signed-in person has arranged, by key. */
export function useSettings() {
  return useQuery(settings);
}

/** Keeps a setting of the signed-in person. What the screen shows changes at once. */
export function useKeepSetting(name: string) {
  const cache = useQueryClient();
  return useMutation({
    onMutate: (change: Change) => show(cache, name, change),
    mutationFn: (change: Change) => keepSetting(cache, name, change),
    onError: () => cache.invalidateQueries({ queryKey: settings.queryKey }),
  });
}

/** Shows a change, where it is known what was kept before: else the others would seem never to have been. */
export function show(cache: QueryClient, name: string, change: Change): void {
  cache.setQueryData(settings.queryKey, (kept) => {
    if (!kept) return kept;
    const { [name]: before, ...others } = kept;
    const value = typeof change === "function" ? change(before) : change;
    return value === null ? others : { ...others, [name]: value };
  });
}

/** Stores a setting as it is shown by now; a change that came before anything was known waits for that. */
export async function keepSetting(cache: QueryClient, name: string, change: Change): Promise<void> {
  if (!cache.getQueryData(settings.queryKey)) {
    await cache.ensureQueryData(settings);
    show(cache, name, change);
  }
  const value = cache.getQueryData(settings.queryKey)?.[name];
  const path = { params: { path: { key: name } } };
  if (value === undefined) await answer(client.DELETE("/v1/session/settings/{key}", path));
  else await answer(client.PUT("/v1/session/settings/{key}", { ...path, body: { value } }));
}
