import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";

const key = ["session", "settings"] as const;
type Settings = Record<string, Record<string, unknown>>;

/** Everything that the signed-in person has arranged, by key. */
export function useSettings() {
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<Settings> =>
      (await answer(client.GET("/v1/session/settings", { signal }))).settings,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Keeps a setting of the signed-in person; `null` lets it go. What the screen shows changes at once. */
export function useKeepSetting(name: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (value: Record<string, unknown> | null) => {
      const path = { params: { path: { key: name } } };
      return value === null
        ? answer(client.DELETE("/v1/session/settings/{key}", path))
        : answer(client.PUT("/v1/session/settings/{key}", { ...path, body: { value } }));
    },
    onMutate: (value) => {
      cache.setQueryData<Settings>(key, (kept) => {
        const { [name]: _before, ...others } = kept ?? {};
        return value === null ? others : { ...others, [name]: value };
      });
    },
    onError: () => cache.invalidateQueries({ queryKey: key }),
  });
}
