import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import { memberKeys } from "./members";
import type { components } from "./schema";

type Shapes = components["schemas"];
export type Benefit = Shapes["BenefitOut"];
export type NewBenefit = Shapes["BenefitIn"];
export type BenefitWish = Shapes["BenefitChangeIn"];
export type What = BenefitWish["what"];
export type BenefitKind = What["kind"];
export type MemberBenefits = Shapes["MemberBenefitsOut"];
export type Entitlement = Shapes["EntitlementOut"];
export type Handover = Shapes["UseIn"];

export const benefitKeys = {
  all: ["benefits"] as const,
  member: (id: number) => ["benefits", "member", id] as const,
};

export function useBenefits() {
  return useQuery({
    queryKey: benefitKeys.all,
    queryFn: ({ signal }) => answer(client.GET("/v1/benefits", { signal })),
    select: (page) => page.items,
  });
}

export function useAddBenefit() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewBenefit) => answer(client.POST("/v1/benefits", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: benefitKeys.all }),
  });
}

/** `version` is the one that the person saw: a change made by somebody else meanwhile is not written over. */
export function useSaveBenefit() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ code, version, body }: { code: string; version: number; body: BenefitWish }) =>
      answer(
        client.PUT("/v1/benefits/{benefit}", {
          params: { path: { benefit: code }, header: { "if-match": `"${version}"` } },
          body,
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: benefitKeys.all }),
  });
}

export function useMemberBenefits(memberId: number) {
  return useQuery({
    queryKey: benefitKeys.member(memberId),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/members/{member}/benefits", {
          params: { path: { member: String(memberId) } },
          signal,
        }),
      ),
  });
}

export type EntitlementAct =
  | { kind: "use"; id: number; handover: Handover; key: string }
  | { kind: "revoke"; id: number; reason: string }
  | { kind: "grant"; benefit: string; reason: string; validDays: number | null; key: string };

export function useEntitlementAct(memberId: number) {
  const queries = useQueryClient();
  const member = String(memberId);
  return useMutation({
    mutationFn: (act: EntitlementAct) => {
      if (act.kind === "grant")
        return answer(
          client.POST("/v1/members/{member}/benefits", {
            params: { path: { member } },
            headers: { "Idempotency-Key": act.key },
            body: { benefit: act.benefit, reason: act.reason, valid_days: act.validDays },
          }),
        );
      const path = { member, entitlement: act.id };
      if (act.kind === "revoke")
        return answer(
          client.POST("/v1/members/{member}/benefits/{entitlement}/revoke", {
            params: { path },
            body: { reason: act.reason },
          }),
        );
      return answer(
        client.POST("/v1/members/{member}/benefits/{entitlement}/use", {
          params: { path },
          headers: { "Idempotency-Key": act.key },
          body: act.handover,
        }),
      );
    },
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: benefitKeys.all }),
        queries.invalidateQueries({ queryKey: memberKeys.all }),
      ]),
  });
}
