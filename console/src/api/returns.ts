import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { newKey, underKey } from "./attempt";
import { answer, client } from "./client";
import type { paths } from "./contract";

type List = paths["/v1/unmatched-returns"]["get"];
export type ReturnsQuery = NonNullable<List["parameters"]["query"]>;
export type UnmatchedReturn = List["responses"][200]["content"]["application/json"]["items"][number];
export type ReturnState = UnmatchedReturn["state"];
export type Candidate =
  paths["/v1/unmatched-returns/{return_id}"]["get"]["responses"][200]["content"]["application/json"]["orders"][number];

export const returnKeys = {
  all: ["returns"] as const,
  list: (query: ReturnsQuery) => ["returns", "list", query] as const,
  one: (id: number) => ["returns", "one", id] as const,
};

export function useReturns(query: ReturnsQuery) {
  return useQuery({
    queryKey: returnKeys.list(query),
    queryFn: ({ signal }) => answer(client.GET("/v1/unmatched-returns", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function useReturn(id: number) {
  return useQuery({
    queryKey: returnKeys.one(id),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/unmatched-returns/{return_id}", { params: { path: { return_id: id } }, signal }),
      ),
  });
}

/** Orders, points and the list all change with it. */
function useDeciding<Input>(send: (input: Input) => Promise<UnmatchedReturn>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: send, onSettled: () => queries.invalidateQueries() });
}

export function useMatchReturn(id: number) {
  return useDeciding((order: number) =>
    answer(
      client.POST("/v1/unmatched-returns/{return_id}/match", {
        params: { path: { return_id: id }, ...underKey(newKey()) },
        body: { order_id: order },
      }),
    ),
  );
}

export function useDismissReturn(id: number) {
  return useDeciding((reason: string) =>
    answer(
      client.POST("/v1/unmatched-returns/{return_id}/dismissal", {
        params: { path: { return_id: id } },
        body: { reason },
      }),
    ),
  );
}

export function useReopenReturn(id: number) {
  return useDeciding(() =>
    answer(
      client.DELETE("/v1/unmatched-returns/{return_id}/dismissal", { params: { path: { return_id: id } } }),
    ),
  );
}
