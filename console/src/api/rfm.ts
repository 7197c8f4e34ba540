import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { SegmentCode } from "./contract";

export const rfmKeys = {
  map: ["rfm"] as const,
  members: (segment: SegmentCode, cursor: string, limit: number) =>
    ["rfm", "members", segment, cursor, limit] as const,
};

export function useRfm() {
  return useQuery({
    queryKey: rfmKeys.map,
    queryFn: ({ signal }) => answer(client.GET("/v1/analytics/rfm", { signal })),
    staleTime: 5 * 60_000,
  });
}

export function useSegmentMembers(segment: SegmentCode, cursor: string, limit: number) {
  return useQuery({
    queryKey: rfmKeys.members(segment, cursor, limit),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/analytics/rfm/members", {
          params: { query: { segment, limit, cursor: cursor || undefined } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}
