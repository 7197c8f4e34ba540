import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { newKey, underKey } from "./attempt";
import { answer, client } from "./client";
import type { Backups } from "./contract";

export const backupKeys = { all: ["backups"] as const };

/** `isAwaited`: somebody has just asked for work, so the answer is looked for often. */
export function useBackups(isAwaited: boolean) {
  return useQuery({
    queryKey: backupKeys.all,
    queryFn: ({ signal }) => answer(client.GET("/v1/backups", { signal })),
    refetchInterval: (query) => (isAwaited || query.state.data?.is_running ? 2000 : 60_000),
  });
}

export type Work = "backup" | "drill";

export function useStartWork() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (work: Work) => {
      const params = underKey(newKey());
      return work === "backup"
        ? answer(client.POST("/v1/backups", { params }))
        : answer(client.POST("/v1/backups/drills", { params }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: backupKeys.all }),
  });
}

/** The run that answers a wish: the first of its kind that ended after the wish was made. */
export function lastRun(backups: Backups, work: Work) {
  return work === "backup" ? backups.last_backup : backups.last_drill;
}
