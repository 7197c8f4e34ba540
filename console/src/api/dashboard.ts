import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { paths } from "./contract";

export interface Period {
  from?: string;
  to?: string;
}

type Asked = NonNullable<paths["/v1/dashboard/file"]["get"]["parameters"]["query"]>;
export type Comparison = NonNullable<Asked["compare"]>;
export type DashboardPart = Asked["part"];

export const dashboardKeys = {
  period: (period: Period, compare: Comparison) => ["dashboard", period, compare] as const,
};

export function useDashboard(period: Period, compare: Comparison) {
  return useQuery({
    queryKey: dashboardKeys.period(period, compare),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/dashboard", { params: { query: { ...period, compare } }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** A part of the dashboard for a spreadsheet. */
export function dashboardFile(part: DashboardPart, period: Period, compare: Comparison): Promise<Blob> {
  const query = { ...period, compare, part };
  return answer(client.GET("/v1/dashboard/file", { params: { query }, parseAs: "blob" })) as Promise<Blob>;
}
