import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { newKey, underKey } from "./attempt";
import { answer, client } from "./client";
import type { JobState, LoggedEventsQuery } from "./contract";
import { byItself } from "./notices";

export const monitorKeys = { all: ["operations"] as const };

const EVERY_MS = 4_000;

export function useHealth(isEnabled = true) {
  return useQuery({
    queryKey: [...monitorKeys.all, "health"],
    queryFn: ({ signal }) => answer(client.GET("/v1/operations/health", { signal, ...byItself })),
    refetchInterval: 20_000,
    enabled: isEnabled,
  });
}

export function useJobs(query: { state: JobState; cursor?: string; limit: number }) {
  return useQuery({
    queryKey: [...monitorKeys.all, "jobs", query],
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/operations/jobs", { signal, params: { query }, ...byItself })),
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });
}

export function useSchedules() {
  return useQuery({
    queryKey: [...monitorKeys.all, "schedules"],
    queryFn: ({ signal }) => answer(client.GET("/v1/operations/schedules", { signal, ...byItself })),
    refetchInterval: EVERY_MS,
  });
}

export function useReaders() {
  return useQuery({
    queryKey: [...monitorKeys.all, "readers"],
    queryFn: ({ signal }) => answer(client.GET("/v1/operations/readers", { signal, ...byItself })),
    refetchInterval: EVERY_MS,
  });
}

export function useLoggedEvents(query: LoggedEventsQuery) {
  return useQuery({
    queryKey: [...monitorKeys.all, "events", query],
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/operations/events", { signal, params: { query }, ...byItself })),
    // Only the newest page grows.
    refetchInterval: query.cursor ? false : EVERY_MS,
    placeholderData: keepPreviousData,
  });
}

export function useEventNames() {
  return useQuery({
    queryKey: [...monitorKeys.all, "names"],
    queryFn: ({ signal }) => answer(client.GET("/v1/operations/event-names", { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export type JobAct = "retry" | "discard";

/** Without ids: all that have failed. */
export function useJobAct() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ act, ids }: { act: JobAct; ids?: number[] }) => {
      const options = { params: underKey(newKey()), body: { jobs: ids ?? null } };
      return act === "retry"
        ? answer(client.POST("/v1/operations/jobs/retry", options))
        : answer(client.POST("/v1/operations/jobs/discard", options));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: monitorKeys.all }),
  });
}

export function useRunSchedule() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (schedule: string) =>
      answer(
        client.POST("/v1/operations/schedules/{schedule}/run", {
          params: { ...underKey(newKey()), path: { schedule } },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: monitorKeys.all }),
  });
}
