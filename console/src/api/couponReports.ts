import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { CouponReportQuery } from "./contract";

/** What coupons did in a period, together and by day, template, store or channel. */
export function useCouponReport(query: CouponReportQuery) {
  return useQuery({
    queryKey: ["coupon-reports", query],
    queryFn: ({ signal }) => answer(client.GET("/v1/coupon-reports/summary", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}
