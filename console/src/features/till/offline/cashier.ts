import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Session } from "../../../api/contract";
import { useSession } from "../../../api/session";
import { storeKeys, useStores } from "../../../api/stores";
import { systemKeys, useSystem } from "../../../api/system";
import { rememberTime } from "./clock";
import { fact, forgetFacts, keepFact } from "./store";
import { useConnection } from "./useConnection";

type System = ReturnType<typeof useSystem>["data"];
type Stores = ReturnType<typeof useStores>["data"];

/** Who sold here last, and what the till needs to know of the shop to go on: nothing of any member. */
interface Remembered {
  cashier: Pick<Session["user"], "username" | "display_name">;
  system: System;
  stores: Stores;
}

export type TillSession =
  /** Not known yet. */
  | { kind: "pending" }
  | { kind: "signedIn"; session: Session }
  /** No server, and somebody has sold here before: the till goes on for them. */
  | { kind: "offline"; cashier: Remembered["cashier"] }
  /** No server, and nobody has sold here before. */
  | { kind: "unreachable" }
  | { kind: "signedOut" };

const cashierFact = "cashier";

/** Who is at the till: by the server, and without it by what this browser remembers for the till alone. */
export function useTillSession(): TillSession {
  const session = useSession();
  const { isOnline } = useConnection();
  const isAway = session.data === undefined && (session.isError || session.fetchStatus === "paused");
  const remembered = useRemembered(isAway);
  const { refetch } = session;

  useEffect(() => {
    if (isOnline && isAway) void refetch();
  }, [isOnline, isAway, refetch]);
  useRemembering(session.data);

  if (session.data) return { kind: "signedIn", session: session.data };
  if (session.data === null) return { kind: "signedOut" };
  if (!isAway || remembered === undefined) return { kind: "pending" };
  return remembered ? { kind: "offline", cashier: remembered.cashier } : { kind: "unreachable" };
}

/** Writes down what the till needs to go on alone; forgets it with the one who signs out. */
function useRemembering(session: Session | null | undefined): void {
  const { data: system } = useSystem(Boolean(session));
  const { data: stores } = useStores(Boolean(session));
  useEffect(() => {
    if (session === null) void forgetFacts([cashierFact]).catch(() => undefined);
    if (!session || !system || !stores) return;
    const { username, display_name } = session.user;
    const known: Remembered = { cashier: { username, display_name }, system, stores };
    void keepFact(cashierFact, known).catch(() => undefined);
  }, [session, system, stores]);
}

/** What was written down; null: nothing. It stands in for the server's answers until they come. */
function useRemembered(isWanted: boolean): Remembered | null | undefined {
  const queries = useQueryClient();
  const [remembered, setRemembered] = useState<Remembered | null>();
  useEffect(() => {
    if (!isWanted) return;
    void recall().then((known) => {
      // Old from the beginning, so that the first answer of the server takes their place.
      const updatedAt = 1;
      if (known) {
        queries.setQueryData(systemKeys.current, (now: System) => now ?? known.system, { updatedAt });
        queries.setQueryData(storeKeys.all, (now: unknown) => now ?? { items: known.stores }, { updatedAt });
      }
      setRemembered(known);
    });
  }, [isWanted, queries]);
  return remembered;
}

async function recall(): Promise<Remembered | null> {
  await rememberTime();
  return (await fact<Remembered>(cashierFact).catch(() => undefined)) ?? null;
}
