import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { parseSearch, splitAddress } from "./urlState";

/** Opens a page by its address, query included. */
export function useGo(): (to: string, how?: { isReplacing?: boolean }) => void {
  const navigate = useNavigate();
  return useCallback(
    (to, how) => {
      const { path, query } = splitAddress(to);
      void navigate({ to: path, search: parseSearch(query) as never, replace: how?.isReplacing ?? false });
    },
    [navigate],
  );
}
