import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { readUrl, type UrlState, writeUrl } from "./urlState";

type Patch<State> = (patch: Partial<State>, how?: { isReplacing?: boolean }) => void;

export function useUrlState<State extends UrlState>(defaults: State): [State, Patch<State>] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const patch = useCallback<Patch<State>>(
    (change, how) => {
      void navigate({
        to: ".",
        search: (current: Record<string, unknown>) => writeUrl(current, change, defaults),
        replace: how?.isReplacing ?? false,
        resetScroll: false,
      });
    },
    [navigate, defaults],
  );
  return [readUrl(search, defaults), patch];
}
