import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { components } from "./schema";

type Shapes = components["schemas"];
export type Consents = Shapes["ConsentsOut"];
export type ConsentPurposeState = Shapes["PurposeStateOut"];
export type Purpose = Shapes["PurposeOut"];
export type Notice = Shapes["NoticeOut"];
export type NoticeDraft = Shapes["DraftIn"];
export type Evidence = Shapes["EvidenceIn"];
export type ConsentAnswer = Shapes["AnswerIn"];
export type Channel = Purpose["channels"][number];

export const channels: readonly Channel[] = [
  "sms",
  "email",
  "wechat",
  "wecom",
  "push",
  "phone",
  "mail",
  "in_store",
];

export const consentKeys = {
  all: ["consent"] as const,
  purposes: ["consent", "purposes"] as const,
  notices: ["consent", "notices"] as const,
  member: (id: number) => ["consent", "member", id] as const,
};

export function usePurposes() {
  return useQuery({
    queryKey: consentKeys.purposes,
    queryFn: ({ signal }) => answer(client.GET("/v1/consent/purposes", { signal })),
  });
}

export function useNotices() {
  return useQuery({
    queryKey: consentKeys.notices,
    queryFn: ({ signal }) => answer(client.GET("/v1/consent/notices", { signal })),
  });
}

export function useListForm(code: string, isWanted: boolean) {
  return useQuery({
    queryKey: [...consentKeys.notices, code, "list"],
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/consent/notices/{code}/list-form", { params: { path: { code } }, signal })),
    enabled: isWanted,
  });
}

export function useComparison(code: string, older: number | null, newer: number | null) {
  return useQuery({
    queryKey: [...consentKeys.notices, code, "comparison", older, newer],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/consent/notices/{code}/comparison", {
          params: { path: { code }, query: { older: older ?? 1, newer: newer ?? 1 } },
          signal,
        }),
      ),
    enabled: older !== null && newer !== null,
  });
}

export function useSaveDraft() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ code, draft }: { code: string; draft: NoticeDraft }) =>
      answer(client.PUT("/v1/consent/notices/{code}/draft", { params: { path: { code } }, body: draft })),
    onSuccess: () => queries.invalidateQueries({ queryKey: consentKeys.notices }),
  });
}

export function usePublishNotice() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ code, version, confirm }: { code: string; version: number; confirm: string }) =>
      answer(
        client.POST("/v1/consent/notices/{code}/publication", {
          params: { path: { code } },
          body: { version, confirm },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: consentKeys.all }),
  });
}

export function useConsents(memberId: number) {
  return useQuery({
    queryKey: consentKeys.member(memberId),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/members/{member}/consents", {
          params: { path: { member: String(memberId) } },
          signal,
        }),
      ),
  });
}

export type ConsentWish =
  | { kind: "answers"; answers: ConsentAnswer[]; evidence: Evidence }
  | { kind: "withdrawal"; evidence: Evidence }
  | {
      kind: "stop";
      stop: "marketing" | "personalisation" | "automated";
      isStopped: boolean;
      evidence: Evidence;
    };

export function useChangeConsents(memberId: number) {
  const queries = useQueryClient();
  const params = { path: { member: String(memberId) } };
  return useMutation({
    mutationFn: (wish: ConsentWish) => {
      const { evidence } = wish;
      if (wish.kind === "answers")
        return answer(
          client.PUT("/v1/members/{member}/consents", { params, body: { answers: wish.answers, evidence } }),
        );
      if (wish.kind === "withdrawal")
        return answer(
          client.POST("/v1/members/{member}/consents/withdrawal", { params, body: { evidence } }),
        );
      return answer(
        client.PUT("/v1/members/{member}/stops", {
          params,
          body: { [wish.stop]: wish.isStopped, evidence },
        }),
      );
    },
    onSuccess: (consents) => queries.setQueryData(consentKeys.member(memberId), consents),
  });
}
