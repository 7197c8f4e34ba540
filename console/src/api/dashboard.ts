import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, client } from "./client";

export interface Period {
  from?: string;
  to?: string;
}

export const dashboardKeys = { period: (period: Period) => ["dashboard", period] as const };

export function useDashboard(period: Period) {
  return useQuery({
    queryKey: dashboardKeys.period(period),
    queryFn: ({ signal }) => answer(client.GET("/v1/dashboard", { params: { query: period }, signal })),
    placeholderData: keepPreviousData,
  });
}
