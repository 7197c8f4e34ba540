import { useMutation, useQueryClient } from "@tanstack/react-query";
import { accountKeys } from "./accounts";
import { adjustmentKeys } from "./adjustments";
import { underKey } from "./attempt";
import { answer, client, Refused } from "./client";
import type {
  AdjustmentWish,
  Credit,
  Debit,
  HoldWish,
  Operation,
  Release,
  Reversal,
  Transfer,
} from "./contract";
import { memberKeys } from "./members";

/** What may be asked of an account by hand. */
export type Wish =
  | { do: "give"; body: Credit }
  | { do: "use"; body: Debit }
  | { do: "hold"; body: HoldWish }
  | { do: "release"; body: Release }
  | { do: "reverse"; body: Reversal }
  | { do: "transfer"; body: Transfer };

function send(wish: Wish, key: string): Promise<Operation> {
  const params = underKey(key);
  switch (wish.do) {
    case "give":
      return answer(client.POST("/v1/ledger/credits", { params, body: wish.body }));
    case "use":
      return answer(client.POST("/v1/ledger/debits", { params, body: wish.body }));
    case "hold":
      return answer(client.POST("/v1/ledger/holds", { params, body: wish.body }));
    case "release":
      return answer(client.POST("/v1/ledger/releases", { params, body: wish.body }));
    case "reverse":
      return answer(client.POST("/v1/ledger/reversals", { params, body: wish.body }));
    case "transfer":
      return answer(client.POST("/v1/ledger/transfers", { params, body: wish.body }));
  }
}

export function useOperate() {
  const refresh = useRefreshMembers();
  return useMutation({
    mutationFn: ({ wish, key }: { wish: Wish; key: string }) => send(wish, key),
    ...patience,
    // Also after a refusal or a lost answer: what stands on the screen may be out of date by then.
    onSettled: refresh,
  });
}

/** Done at once, or waiting for a second person: the server says which. */
export function useAdjust() {
  const refresh = useRefreshMembers();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: AdjustmentWish; key: string }) =>
      answer(client.POST("/v1/ledger/adjustments", { params: underKey(key), body })),
    ...patience,
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: adjustmentKeys.all });
      refresh();
    },
  });
}

/** The account was just being written by somebody else: the server says when to come back with the same key. */
const patience = {
  retry: (attempts: number, error: Error) =>
    error instanceof Refused && error.retryAfterSeconds !== null && attempts < 3,
  retryDelay: (_attempt: number, error: Error) =>
    (error instanceof Refused ? (error.retryAfterSeconds ?? 1) : 1) * 1000,
};

/** Balances stand on a member's page, in lists and in the finance pages; all are read anew. */
export function useRefreshMembers() {
  const queries = useQueryClient();
  return () => {
    for (const queryKey of [accountKeys.all, memberKeys.all]) void queries.invalidateQueries({ queryKey });
  };
}
