import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { components, paths } from "./schema";

type Shapes = components["schemas"];
export type CouponTemplate = Shapes["CouponTemplateOut"];
export type CouponState = CouponTemplate["state"];
export type CouponTemplateDetail = Shapes["CouponTemplateDetailOut"];
export type CouponVersion = Shapes["CouponVersionOut"];
export type CouponPreview = Shapes["CouponPreviewOut"];
export type CouponProblem = Shapes["CouponProblemOut"];
export type CouponSample = Shapes["CouponSampleOut"];
export type Issuing = Shapes["Issuing"];
export type Stacking = Shapes["Stacking"];
export type StackingAnswer = Shapes["CouponStackingOut"];
export type StackingGroup = Shapes["Group"];
export type CouponCart = Shapes["CouponCartIn"];
export type CouponTemplatesQuery = NonNullable<paths["/v1/coupon-templates"]["get"]["parameters"]["query"]>;
/** Terms while they are written: as the server stores them, and possibly unfinished. */
export type Terms = { [field: string]: unknown };

interface Named {
  code: string;
  name: { zh: string; en: string };
}

export const couponKeys = {
  all: ["coupons"] as const,
  templates: ["coupons", "templates"] as const,
  list: (query: CouponTemplatesQuery) => ["coupons", "templates", "list", query] as const,
  one: (code: string) => ["coupons", "templates", "one", code] as const,
  versions: (code: string) => ["coupons", "templates", "versions", code] as const,
  preview: (body: string) => ["coupons", "preview", body] as const,
  stacking: ["coupons", "stacking"] as const,
  trial: (body: string) => ["coupons", "trial", body] as const,
};

export function useCouponTemplates(query: CouponTemplatesQuery) {
  return useQuery({
    queryKey: couponKeys.list(query),
    queryFn: ({ signal }) => answer(client.GET("/v1/coupon-templates", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function useCouponTemplate(code: string) {
  return useQuery({
    queryKey: couponKeys.one(code),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/coupon-templates/{code}", { params: { path: { code } }, signal })),
  });
}

export function useCouponVersions(code: string) {
  return useQuery({
    queryKey: couponKeys.versions(code),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/coupon-templates/{code}/versions", { params: { path: { code } }, signal })),
  });
}

/** What terms and issuing say, and what is wrong with them, while somebody is still writing. */
export function useCouponPreview(template: string | null, terms: Terms, issuing: unknown) {
  const body = { template, terms, issuing: issuing as Terms };
  return useQuery({
    queryKey: couponKeys.preview(JSON.stringify(body)),
    queryFn: ({ signal }) => answer(client.POST("/v1/coupon-templates/preview", { body, signal })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

export type CouponWish =
  | { what: "add"; body: Named & { terms: Terms; issuing: Terms } }
  | { what: "rename"; code: string; seen: number; name: Named["name"] }
  | { what: "draft"; code: string; seen: number; terms: Terms }
  | { what: "issuing"; code: string; seen: number; issuing: Terms }
  | { what: "copy"; code: string; body: Named }
  | { what: "discard" | "remove" | "publish" | "pause" | "resume" | "close"; code: string; seen: number };

/** `seen` is the version that the person saw: a change made by somebody else meanwhile is not written over. */
export function useChangeCoupon() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: CouponWish): Promise<unknown> => ask(wish),
    onSuccess: (_done, wish) => {
      if (wish.what === "remove") queries.removeQueries({ queryKey: couponKeys.one(wish.code) });
      return queries.invalidateQueries({ queryKey: couponKeys.templates });
    },
  });
}

function ask(wish: CouponWish): Promise<unknown> {
  if (wish.what === "add") return answer(client.POST("/v1/coupon-templates", { body: wish.body }));
  const path = { code: wish.code };
  if (wish.what === "copy")
    return answer(client.POST("/v1/coupon-templates/{code}/copies", { params: { path }, body: wish.body }));
  const params = { path, header: { "If-Match": `"${wish.seen}"` } };
  switch (wish.what) {
    case "rename":
      return answer(client.PUT("/v1/coupon-templates/{code}", { params, body: { name: wish.name } }));
    case "draft":
      return answer(client.PUT("/v1/coupon-templates/{code}/draft", { params, body: { terms: wish.terms } }));
    case "issuing":
      return answer(
        client.PUT("/v1/coupon-templates/{code}/issuing", { params, body: { issuing: wish.issuing } }),
      );
    case "discard":
      return answer(client.DELETE("/v1/coupon-templates/{code}/draft", { params }));
    case "remove":
      return answer(client.DELETE("/v1/coupon-templates/{code}", { params }));
    case "publish":
      return answer(client.POST("/v1/coupon-templates/{code}/publish", { params }));
    case "pause":
      return answer(client.POST("/v1/coupon-templates/{code}/pause", { params }));
    case "resume":
      return answer(client.POST("/v1/coupon-templates/{code}/resume", { params }));
    case "close":
      return answer(client.POST("/v1/coupon-templates/{code}/close", { params }));
  }
}

export function useStacking() {
  return useQuery({
    queryKey: couponKeys.stacking,
    // Pairs come as lists of two, which the client's types have forgotten.
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/coupon-stacking", { signal })) as unknown as Promise<StackingAnswer>,
  });
}

export function useSaveStacking() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ seen, stacking }: { seen: number; stacking: Stacking }) =>
      answer(
        client.PUT("/v1/coupon-stacking", {
          params: { header: { "If-Match": `"${seen}"` } },
          body: { stacking: stacking as unknown as Terms },
        }),
      ) as unknown as Promise<StackingAnswer>,
    onSuccess: () => queries.invalidateQueries({ queryKey: couponKeys.all }),
  });
}

/** Which of some coupons go together under the rules as they are being written. */
export function useStackingTrial(templates: string[], stacking: Stacking, cart: CouponCart | null) {
  const body = { templates, stacking: stacking as unknown as Terms, cart };
  return useQuery({
    queryKey: couponKeys.trial(JSON.stringify(body)),
    queryFn: ({ signal }) => answer(client.POST("/v1/coupon-stacking/try", { body, signal })),
    placeholderData: keepPreviousData,
    enabled: templates.length > 0,
  });
}
