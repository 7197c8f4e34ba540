import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { underKey } from "./attempt";
import { answer, client } from "./client";
import type { ActivityKind, NewActivity } from "./contract";
import { memberKeys } from "./members";

const keys = {
  of: (member: number, kind: string) => [...memberKeys.all, "activities", member, kind] as const,
};

export function useMemberActivities(member: number, kind: ActivityKind | "") {
  return useInfiniteQuery({
    queryKey: keys.of(member, kind),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      answer(
        client.GET("/v1/members/{member}/activities", {
          params: {
            path: { member: String(member) },
            query: { kind: kind || undefined, limit: 50, cursor: pageParam },
          },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

/** Balances, levels and the timeline follow: everything about members is asked anew. */
export function useRecordActivity() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewActivity) =>
      answer(client.POST("/v1/activities", { params: underKey(`activity-${body.key}`), body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: memberKeys.all }),
  });
}

export function useCancelActivity() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: { id: number; reason: string }) =>
      answer(
        client.POST("/v1/activities/{activity}/cancel", {
          params: { path: { activity: id } },
          body: { reason },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: memberKeys.all }),
  });
}
