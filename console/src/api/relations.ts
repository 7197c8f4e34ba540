import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { FamilyRole } from "./contract";
import { memberKeys } from "./members";

const keys = {
  of: (member: string) => ["relations", member] as const,
  history: (member: string) => ["relations", member, "attributions"] as const,
};

export function useRelations(member: string) {
  return useQuery({
    queryKey: keys.of(member),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/members/{member}/relations", { params: { path: { member } }, signal })),
  });
}

export function useAttributions(member: string) {
  return useQuery({
    queryKey: keys.history(member),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/members/{member}/attributions", { params: { path: { member } }, signal })),
    select: (page) => page.items,
  });
}

export type RelationWish =
  | { what: "family"; member: string; role: FamilyRole }
  | { what: "remove"; other: number }
  | { what: "inviter"; member: string | null }
  | { what: "manager"; employee: number | null; reason: string };

export function useRelate(member: string) {
  const queries = useQueryClient();
  const params = { path: { member } };
  return useMutation({
    mutationFn: (wish: RelationWish) => {
      switch (wish.what) {
        case "family":
          return answer(
            client.POST("/v1/members/{member}/family", {
              params,
              body: { member: wish.member, role: wish.role },
            }),
          );
        case "remove":
          return answer(
            client.DELETE("/v1/members/{member}/family/{other}", {
              params: { path: { member, other: String(wish.other) } },
            }),
          );
        case "inviter":
          return answer(
            client.PUT("/v1/members/{member}/inviter", { params, body: { member: wish.member } }),
          );
        case "manager":
          return answer(
            client.PUT("/v1/members/{member}/manager", {
              params,
              body: { employee_id: wish.employee, reason: wish.reason },
            }),
          );
      }
    },
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["relations"] }),
        queries.invalidateQueries({ queryKey: memberKeys.one(member) }),
      ]),
  });
}
