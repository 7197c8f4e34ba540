import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { newKey, underKey } from "./attempt";
import { answer, client } from "./client";
import type { DemoSwitch } from "./contract";

export const demoKeys = { all: ["demo"] as const };

/** `isAwaited`: the shop is being exchanged, so the answer is looked for often, also while nobody answers. */
export function useDemo(isAwaited: boolean) {
  return useQuery({
    queryKey: demoKeys.all,
    queryFn: ({ signal }) => answer(client.GET("/v1/demo", { signal })),
    refetchInterval: (query) =>
      isAwaited || query.state.data?.state === "preparing" || query.state.data?.state === "ready"
        ? 1500
        : false,
  });
}

export function useSwitchDemo() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: DemoSwitch) =>
      answer(client.POST("/v1/demo/switch", { params: underKey(newKey()), body })),
    onSuccess: (data) => queries.setQueryData(demoKeys.all, data),
  });
}
