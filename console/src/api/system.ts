import { useQuery } from "@tanstack/react-query";
import { answer, client } from "./client";

export const systemKeys = { current: ["system"] as const };

export function useSystem(isEnabled = true) {
  return useQuery({
    queryKey: systemKeys.current,
    queryFn: ({ signal }) => answer(client.GET("/v1/system", { signal })),
    staleTime: 5 * 60_000,
    enabled: isEnabled,
  });
}
