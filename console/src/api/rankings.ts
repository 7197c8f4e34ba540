import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { RankingSort } from "./contract";
import type { Period } from "./dashboard";

export type RankingOf = "stores" | "employees";

export function useRanking(of: RankingOf, period: Period, sort: RankingSort) {
  return useQuery({
    queryKey: ["rankings", of, period, sort],
    queryFn: ({ signal }) => {
      const params = { query: { ...period, sort } };
      return answer(
        of === "stores"
          ? client.GET("/v1/rankings/stores", { params, signal })
          : client.GET("/v1/rankings/employees", { params, signal }),
      );
    },
    placeholderData: keepPreviousData,
  });
}
