import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { underKey } from "./attempt";
import { answer, client } from "./client";
import { couponKeys } from "./coupons";
import { memberKeys } from "./members";
import type { components } from "./schema";
import { upload } from "./upload";

type Shapes = components["schemas"];
export type CouponBatch = Shapes["CouponBatchOut"];
export type CouponBatchFile = Shapes["CouponBatchFileOut"];
export type NewCouponBatch = Shapes["CouponBatchIn"];
export type CodeSample = Shapes["CouponCodeSampleOut"];
export type ExchangedCoupon = Shapes["CouponExchangedOut"];
/** What a column of a file of codes can be. */
export const codeColumns = ["code", "terms", "expires_on", "member"] as const;
export type CodeColumn = (typeof codeColumns)[number];
export type BatchStep = "stop" | "resume" | "import";

export const batchKeys = {
  all: ["coupon-batches"] as const,
  list: (template: string, cursor: string) => ["coupon-batches", "list", template, cursor] as const,
  one: (id: number) => ["coupon-batches", "one", id] as const,
};

export function isAtWork(batch: CouponBatch): boolean {
  return ["waiting", "running", "voiding"].includes(batch.state);
}

export function rejectsUrl(id: number): string {
  return `/v1/coupon-batches/${id}/rejects.csv`;
}

export function pictureUrl(code: string, kind: "qr" | "barcode"): string {
  return `/v1/coupons/${encodeURIComponent(code)}/${kind}.svg`;
}

export function useCouponBatches(template: string, cursor: string) {
  return useQuery({
    queryKey: batchKeys.list(template, cursor),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/coupon-templates/{code}/batches", {
          params: { path: { code: template }, query: { limit: 20, cursor: cursor || undefined } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.items.some(isAtWork) ? 1500 : false),
  });
}

export function useCouponBatch(id: number) {
  return useQuery({
    queryKey: batchKeys.one(id),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/coupon-batches/{batch_id}", { params: { path: { batch_id: id } }, signal })),
    refetchInterval: (query) => (query.state.data && isAtWork(query.state.data) ? 1000 : false),
  });
}

function useKept() {
  const queries = useQueryClient();
  return (batch: CouponBatch) => {
    queries.setQueryData(batchKeys.one(batch.id), batch);
    return queries.invalidateQueries({ queryKey: batchKeys.all });
  };
}

export function useMakeBatch(template: string) {
  return useMutation({
    mutationFn: ({ key, ...body }: NewCouponBatch & { key: string }) =>
      answer(
        client.POST("/v1/coupon-templates/{code}/batches", {
          params: { path: { code: template }, ...underKey(key) },
          body,
        }),
      ),
    onSuccess: useKept(),
  });
}

export function useBatchStep(id: number) {
  const params = { path: { batch_id: id } };
  return useMutation({
    mutationFn: (step: BatchStep) => {
      if (step === "stop") return answer(client.POST("/v1/coupon-batches/{batch_id}/stop", { params }));
      if (step === "resume") return answer(client.POST("/v1/coupon-batches/{batch_id}/resume", { params }));
      return answer(client.POST("/v1/coupon-batches/{batch_id}/import", { params }));
    },
    onSuccess: useKept(),
  });
}

export function useVoidBatch(id: number) {
  return useMutation({
    mutationFn: (reason: string) =>
      answer(
        client.POST("/v1/coupon-batches/{batch_id}/void", {
          params: { path: { batch_id: id } },
          body: { reason },
        }),
      ),
    onSuccess: useKept(),
  });
}

export function useCodeSample() {
  return useMutation({
    mutationFn: (file: File) =>
      upload<CodeSample>({ address: "/v1/coupon-code-samples", fields: {}, file, onSent: () => undefined }),
  });
}

interface CodeImport {
  file: File;
  name: string;
  columns: Partial<Record<CodeColumn, string>>;
  onSent: (share: number) => void;
}

/** Always tried first: what is imported for good, is imported from the batch that this makes. */
export function useTryImport(template: string) {
  const kept = useKept();
  return useMutation({
    mutationFn: ({ file, name, columns, onSent }: CodeImport) =>
      upload<CouponBatch>({
        address: `/v1/coupon-templates/${encodeURIComponent(template)}/code-imports`,
        fields: { name, columns: JSON.stringify(columns), dry_run: "true" },
        file,
        onSent,
      }),
    onSuccess: kept,
  });
}

export function useExchange() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: { key: string; member: string; code: string }) =>
      answer(client.POST("/v1/coupons/exchange", { params: underKey(key), body })),
    onSuccess: () =>
      Promise.all(
        [couponKeys.all, memberKeys.all, batchKeys.all].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      ),
  });
}
