import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { components } from "./schema";

type Shapes = components["schemas"];
export type Rule = Shapes["EarningRuleOut"];
export type RuleState = Rule["state"];
export type RuleDetail = Shapes["EarningRuleDetailOut"];
export type RulePart = Shapes["RulePartOut"];
export type RuleProblem = Shapes["RuleProblemOut"];
export type RuleSchema = Shapes["RuleSchemaOut"];
export type Trial = Partial<Shapes["RuleTrialIn"]>;
export type TrialOutcome = Shapes["RuleTrialOut"];
export type ProgrammeDiff = Shapes["ProgrammeDiffOut"];
export type Definition = { [field: string]: unknown };

interface Named {
  code: string;
  name: { zh: string; en: string };
}

export const ruleKeys = {
  all: ["rules"] as const,
  list: ["rules", "list"] as const,
  one: (code: string) => ["rules", "one", code] as const,
  schema: ["rules", "schema"] as const,
  check: (rule: string | null, definition: Definition) => ["rules", "check", rule, definition] as const,
  diff: (code: string, before: string, after: string) => ["rules", "diff", code, before, after] as const,
  programme: ["programme"] as const,
};

export function useRules() {
  return useQuery({
    queryKey: ruleKeys.list,
    queryFn: ({ signal }) => answer(client.GET("/v1/earning-rules", { signal })),
    select: (page) => page.items,
  });
}

export function useRule(code: string) {
  return useQuery({
    queryKey: ruleKeys.one(code),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/earning-rules/{code}", { params: { path: { code } }, signal })),
  });
}

export function useRuleSchema() {
  return useQuery({
    queryKey: ruleKeys.schema,
    queryFn: ({ signal }) => answer(client.GET("/v1/earning-rules/schema", { signal })),
    staleTime: 300_000,
  });
}

/** What a definition says and what is wrong with it, while somebody is still writing it. */
export function useRuleCheck(rule: string | null, definition: Definition) {
  return useQuery({
    queryKey: ruleKeys.check(rule, definition),
    queryFn: ({ signal }) =>
      answer(client.POST("/v1/earning-rules/check", { body: { rule, definition }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

export function useRuleDiff(code: string, before: string, after: string, isWanted: boolean) {
  return useQuery({
    queryKey: ruleKeys.diff(code, before, after),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/earning-rules/{code}/diff", {
          params: { path: { code }, query: { before, after } },
          signal,
        }),
      ),
    enabled: isWanted,
  });
}

export type RuleWish =
  | { what: "add"; body: Named & { definition: Definition; note: string } }
  | { what: "rename"; code: string; name: Named["name"] }
  | { what: "draft"; code: string; seen: number; definition: Definition; note: string }
  | { what: "discard"; code: string; seen: number }
  | { what: "remove"; code: string }
  | { what: "publish"; code: string; seen: number; fromDay: string | null }
  | { what: "retire"; code: string; fromDay: string | null }
  | { what: "copy"; code: string; body: Named };

export function useChangeRule() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: RuleWish): Promise<unknown> => ask(wish),
    onSuccess: (_done, wish) => {
      if (wish.what === "remove") queries.removeQueries({ queryKey: ruleKeys.one(wish.code) });
      return queries.invalidateQueries({ queryKey: ruleKeys.all });
    },
  });
}

function ask(wish: RuleWish): Promise<unknown> {
  if (wish.what === "add") {
    return answer(client.POST("/v1/earning-rules", { body: wish.body }));
  }
  const path = { code: wish.code };
  switch (wish.what) {
    case "rename":
      return answer(client.PUT("/v1/earning-rules/{code}", { params: { path }, body: { name: wish.name } }));
    case "draft":
      return answer(
        client.PUT("/v1/earning-rules/{code}/draft", {
          params: { path, header: { "If-Match": `"${wish.seen}"` } },
          body: { definition: wish.definition, note: wish.note },
        }),
      );
    case "discard":
      return answer(
        client.DELETE("/v1/earning-rules/{code}/draft", {
          params: { path, header: { "If-Match": `"${wish.seen}"` } },
        }),
      );
    case "remove":
      return answer(client.DELETE("/v1/earning-rules/{code}", { params: { path } }));
    case "publish":
      return answer(
        client.POST("/v1/earning-rules/{code}/publish", {
          params: { path, header: { "If-Match": `"${wish.seen}"` } },
          body: { from_day: wish.fromDay },
        }),
      );
    case "retire":
      return answer(
        client.POST("/v1/earning-rules/{code}/retire", {
          params: { path },
          body: { from_day: wish.fromDay },
        }),
      );
    case "copy":
      return answer(client.POST("/v1/earning-rules/{code}/copies", { params: { path }, body: wish.body }));
  }
}

export function useTryRules() {
  return useMutation({
    mutationFn: (body: Trial) => answer(client.POST("/v1/earning-rules/test", { body: body as never })),
  });
}

export function useProgrammeFile() {
  return useMutation({ mutationFn: () => answer(client.GET("/v1/programme")) });
}

export function useCompareProgramme() {
  return useMutation({
    mutationFn: (yaml: string) => answer(client.POST("/v1/programme/diff", { body: { yaml } })),
  });
}

export function useImportProgramme() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ yaml, fromDay }: { yaml: string; fromDay: string | null }) =>
      answer(client.POST("/v1/programme/import", { body: { yaml, from_day: fromDay, dry_run: false } })),
    onSuccess: () => queries.invalidateQueries(),
  });
}
