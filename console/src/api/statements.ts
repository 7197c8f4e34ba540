import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { StatementQuery } from "./contract";

export type Wanted = Pick<StatementQuery, "currency" | "from" | "to">;

const path = "/v1/ledger/members/{member}/statement";

// Balances change under a statement like under any other list of a member's account.
export const statementKeys = {
  one: (member: string, wanted: Wanted) => ["accounts", member, "statement", wanted] as const,
};

export function useStatement(member: string, wanted: Wanted) {
  return useInfiniteQuery({
    queryKey: statementKeys.one(member, wanted),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      answer(
        client.GET(path, {
          params: { path: { member }, query: { ...wanted, cursor: pageParam } },
          signal,
        }),
      ).then((page) => page as Exclude<typeof page, string>),
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

/** The whole statement with every entry, as a spreadsheet or as a page to print. */
export function statementFile(member: string, wanted: Wanted, format: "csv" | "html"): Promise<Blob> {
  return answer(
    client.GET(path, { params: { path: { member }, query: { ...wanted, format } }, parseAs: "blob" }),
  );
}

const liabilityPath = "/v1/ledger/liability";

export function useLiability() {
  return useQuery({
    queryKey: ["liability"],
    queryFn: ({ signal }) =>
      answer(client.GET(liabilityPath, { signal })).then((page) => page as Exclude<typeof page, string>),
  });
}

export function liabilityFile(): Promise<Blob> {
  return answer(client.GET(liabilityPath, { params: { query: { format: "csv" } }, parseAs: "blob" }));
}
