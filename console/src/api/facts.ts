import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { ConditionScope } from "./contract";

export const factKeys = {
  all: ["facts"] as const,
  of: (scope: ConditionScope) => [...factKeys.all, scope] as const,
  sentence: (scope: ConditionScope, condition: string) =>
    [...factKeys.all, "sentence", scope, condition] as const,
};

/** What conditions of a scope can ask about. */
export function useFacts(scope: ConditionScope) {
  return useQuery({
    queryKey: factKeys.of(scope),
    queryFn: ({ signal }) => answer(client.GET("/v1/facts", { params: { query: { scope } }, signal })),
    staleTime: 5 * 60_000,
  });
}

/** The longest condition, as JSON, that an address can carry. */
const longest = 16_000;

/** A condition in words, or what is wrong with it. */
export function useSentence(scope: ConditionScope, condition: string | null) {
  return useQuery({
    queryKey: factKeys.sentence(scope, condition ?? ""),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/conditions/sentence", {
          params: { query: { scope, condition: condition ?? "" } },
          signal,
        }),
      ),
    enabled: condition !== null && condition.length <= longest,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
  });
}
