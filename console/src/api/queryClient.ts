import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { Refused } from "./client";
import { sessionKeys } from "./session";

// The session ran out while someone was working: the frame sees it and shows the sign-in page, which leads back.
// It is asked first: a request that was under way while the session got a new token proves nothing.
function askAgain(error: unknown): void {
  if (error instanceof Refused && error.status === 401)
    void queryClient.invalidateQueries({ queryKey: sessionKeys.current });
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: askAgain }),
  mutationCache: new MutationCache({ onError: askAgain }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (attempts, error) => !(error instanceof Refused) && attempts < 1,
    },
  },
});
