import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import type {
  AttributionWish,
  EmployeeChange,
  NewEmployee,
  NewRegion,
  NewStore,
  RegionChange,
  ShopChange,
  StoreChange,
  TransferWish,
} from "./contract";
import { memberKeys } from "./members";
import { storeKeys } from "./stores";
import { systemKeys } from "./system";

export const organizationKeys = {
  regions: ["regions"] as const,
  employees: ["employees"] as const,
  shop: ["shop"] as const,
  transfers: ["member-transfers"] as const,
  transfer: (id: number) => ["member-transfers", id] as const,
};

export function useRegions() {
  return useQuery({
    queryKey: organizationKeys.regions,
    queryFn: ({ signal }) => answer(client.GET("/v1/regions", { signal })),
    select: (page) => page.items,
  });
}

export function useEmployees(isEnabled = true) {
  return useQuery({
    queryKey: organizationKeys.employees,
    queryFn: ({ signal }) => answer(client.GET("/v1/employees", { signal })),
    select: (page) => page.items,
    enabled: isEnabled,
  });
}

export function useShop() {
  return useQuery({
    queryKey: organizationKeys.shop,
    queryFn: ({ signal }) => answer(client.GET("/v1/shop", { signal })),
  });
}

/** What happens to stores and regions shows in every list that names them. */
function useRenewing<Wish, Done>(run: (wish: Wish) => Promise<Done>, ...keys: (readonly unknown[])[]) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: () => Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

export function useSaveStore() {
  return useRenewing(
    ({ id, body }: { id: number | null; body: NewStore | StoreChange }) =>
      id === null
        ? answer(client.POST("/v1/stores", { body: body as NewStore }))
        : answer(client.PATCH("/v1/stores/{store}", { params: { path: { store: id } }, body })),
    storeKeys.all,
  );
}

export function useOpenOrCloseStore() {
  return useRenewing(
    ({ id, isOpening }: { id: number; isOpening: boolean }) =>
      answer(
        isOpening
          ? client.POST("/v1/stores/{store}/reopen", { params: { path: { store: id } } })
          : client.POST("/v1/stores/{store}/close", { params: { path: { store: id } } }),
      ),
    storeKeys.all,
  );
}

export function useSaveRegion() {
  return useRenewing(
    ({ id, body }: { id: number | null; body: NewRegion | RegionChange }) =>
      id === null
        ? answer(client.POST("/v1/regions", { body: body as NewRegion }))
        : answer(client.PATCH("/v1/regions/{region}", { params: { path: { region: id } }, body })),
    organizationKeys.regions,
  );
}

export function useRemoveRegion() {
  return useRenewing(
    (id: number) => answer(client.DELETE("/v1/regions/{region}", { params: { path: { region: id } } })),
    organizationKeys.regions,
  );
}

export function useSaveEmployee() {
  return useRenewing(
    ({ id, body }: { id: number | null; body: NewEmployee | EmployeeChange }) =>
      id === null
        ? answer(client.POST("/v1/employees", { body: body as NewEmployee }))
        : answer(client.PATCH("/v1/employees/{employee}", { params: { path: { employee: id } }, body })),
    organizationKeys.employees,
  );
}

export function useLeave() {
  return useRenewing(
    ({ id, day }: { id: number; day: string | null }) =>
      answer(
        client.POST("/v1/employees/{employee}/leave", {
          params: { path: { employee: id } },
          body: { left_on: day },
        }),
      ),
    organizationKeys.employees,
  );
}

export function useReturn() {
  return useRenewing(
    (id: number) =>
      answer(client.POST("/v1/employees/{employee}/return", { params: { path: { employee: id } } })),
    organizationKeys.employees,
  );
}

export function useRenameShop() {
  return useRenewing(
    (body: ShopChange) => answer(client.PATCH("/v1/shop", { body })),
    organizationKeys.shop,
    systemKeys.current,
  );
}

/** What a transfer would do. Nothing changes. */
export function useTransferPreview(wish: TransferWish | null) {
  return useQuery({
    queryKey: [...organizationKeys.transfers, "preview", wish],
    queryFn: ({ signal }) =>
      answer(
        client.POST("/v1/member-transfers", { body: { ...(wish as TransferWish), dry_run: true }, signal }),
      ),
    enabled: wish !== null,
    staleTime: 0,
  });
}

export function useTransfer() {
  return useRenewing(
    (body: TransferWish) => answer(client.POST("/v1/member-transfers", { body })),
    organizationKeys.transfers,
    memberKeys.all,
  );
}

export function useUndoTransfer() {
  return useRenewing(
    (id: number) =>
      answer(client.POST("/v1/member-transfers/{transfer}/undo", { params: { path: { transfer: id } } })),
    organizationKeys.transfers,
    memberKeys.all,
  );
}

/** Asks again every second while members are being moved. */
export function useTransfers(isEnabled: boolean) {
  return useQuery({
    queryKey: organizationKeys.transfers,
    queryFn: ({ signal }) => answer(client.GET("/v1/member-transfers", { signal })),
    select: (page) => page.items,
    enabled: isEnabled,
    refetchInterval: ({ state }) =>
      state.data?.items.some((one) => one.state === "running" || one.state === "undoing") ? 1_000 : false,
  });
}

export function useAttribute() {
  return useRenewing(
    (body: AttributionWish) => answer(client.POST("/v1/members/attributions", { body })),
    memberKeys.all,
    ["relations"],
  );
}
