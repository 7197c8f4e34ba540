import { useSyncExternalStore } from "react";
import { type ConnectionState, connection } from "./connection";

/** Whether the till reaches the server, how many sales wait for it, and a way to send them now. */
export function useConnection(): ConnectionState & { sendNow: () => Promise<void> } {
  const state = useSyncExternalStore(connection.subscribe, connection.now);
  return { ...state, sendNow: connection.sendNow };
}
