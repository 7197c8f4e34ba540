import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { NewCurrency, Policies } from "./contract";

export const currencyKeys = { all: ["currencies"] as const };

export function useCurrencies() {
  return useQuery({
    queryKey: currencyKeys.all,
    queryFn: ({ signal }) => answer(client.GET("/v1/ledger/currencies", { signal })),
    select: (page) => page.items,
  });
}

/** `version` is the one that the person saw: a change made by somebody else meanwhile is not written over. */
export function useSaveCurrency() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ code, version, body }: { code: string; version: number; body: Policies }) =>
      answer(
        client.PUT("/v1/ledger/currencies/{currency}", {
          params: { path: { currency: code }, header: { "if-match": `"${version}"` } },
          body,
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: currencyKeys.all }),
  });
}

export function useAddCurrency() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewCurrency) => answer(client.POST("/v1/ledger/currencies", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: currencyKeys.all }),
  });
}
