import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import type {
  ApprovalsQuery,
  Holdings,
  NewStaffUser,
  ProviderWish,
  RoleWish,
  SecurityWish,
  StaffUsersQuery,
} from "./contract";

export const staffKeys = {
  all: ["staff"] as const,
  users: (query: StaffUsersQuery) => ["staff", "users", query] as const,
  user: (id: number) => ["staff", "user", id] as const,
  signIns: (id: number) => ["staff", "sign-ins", id] as const,
  view: (subject: string) => ["staff", "view", subject] as const,
  roles: ["staff", "roles"] as const,
  permissions: ["staff", "permissions"] as const,
  security: ["staff", "security"] as const,
  providers: ["staff", "providers"] as const,
  approvals: (query: ApprovalsQuery) => ["staff", "approvals", query] as const,
};

export function useStaffUsers(query: StaffUsersQuery) {
  return useQuery({
    queryKey: staffKeys.users(query),
    queryFn: ({ signal }) => answer(client.GET("/v1/staff/users", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function useStaffUser(user_id: number) {
  return useQuery({
    queryKey: staffKeys.user(user_id),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/staff/users/{user_id}", { params: { path: { user_id } }, signal })),
    enabled: user_id > 0,
  });
}

export function useUserSignIns(user_id: number) {
  return useQuery({
    queryKey: staffKeys.signIns(user_id),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/staff/users/{user_id}/sign-ins", { params: { path: { user_id } }, signal })),
    select: (page) => page.items,
  });
}

export function useUserView(user_id: number) {
  return useQuery({
    queryKey: staffKeys.view(`user:${user_id}`),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/staff/users/{user_id}/view", { params: { path: { user_id } }, signal })),
  });
}

export function useRoleView(code: string) {
  return useQuery({
    queryKey: staffKeys.view(code),
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/staff/roles/{code}/view", { params: { path: { code } }, signal })),
    enabled: code !== "",
  });
}

export function useRoles() {
  return useQuery({
    queryKey: staffKeys.roles,
    queryFn: ({ signal }) => answer(client.GET("/v1/staff/roles", { signal })),
    select: (page) => page.items,
  });
}

export function usePermissionGroups() {
  return useQuery({
    queryKey: staffKeys.permissions,
    queryFn: ({ signal }) => answer(client.GET("/v1/staff/permissions", { signal })),
    staleTime: 5 * 60_000,
    select: (page) => page.groups,
  });
}

export function useSecurity() {
  return useQuery({
    queryKey: staffKeys.security,
    queryFn: ({ signal }) => answer(client.GET("/v1/staff/security", { signal })),
  });
}

export function useProviders() {
  return useQuery({
    queryKey: staffKeys.providers,
    queryFn: ({ signal }) => answer(client.GET("/v1/staff/providers", { signal })),
    select: (page) => page.items,
  });
}

export function useApprovals(query: ApprovalsQuery) {
  return useQuery({
    queryKey: staffKeys.approvals(query),
    queryFn: ({ signal }) => answer(client.GET("/v1/approvals", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export const addUser = (body: NewStaffUser) => answer(client.POST("/v1/staff/users", { body }));

export async function changeUser(
  user_id: number,
  profile: { display_name: string; email: string | null },
  holdings: Holdings | null,
) {
  const params = { path: { user_id } };
  const changed = await answer(client.PATCH("/v1/staff/users/{user_id}", { params, body: profile }));
  if (!holdings) return changed;
  return answer(client.PUT("/v1/staff/users/{user_id}/holdings", { params, body: holdings }));
}

export type UserAct = "disable" | "enable" | "unlock" | "password" | "factors" | "sessions";

/** Acts on one account; only a new password has something to show. */
export async function actOnUser(user_id: number, act: UserAct): Promise<string | null> {
  const params = { path: { user_id } };
  if (act === "disable") await answer(client.POST("/v1/staff/users/{user_id}/disable", { params }));
  if (act === "enable") await answer(client.POST("/v1/staff/users/{user_id}/enable", { params }));
  if (act === "unlock") await answer(client.POST("/v1/staff/users/{user_id}/unlock", { params }));
  if (act === "factors") await answer(client.DELETE("/v1/staff/users/{user_id}/factors", { params }));
  if (act === "sessions") await answer(client.DELETE("/v1/staff/users/{user_id}/sign-ins", { params }));
  if (act !== "password") return null;
  return (await answer(client.POST("/v1/staff/users/{user_id}/password", { params }))).password;
}

export const keepRole = (code: string | null, body: RoleWish) =>
  code === null
    ? answer(client.POST("/v1/staff/roles", { body }))
    : answer(client.PUT("/v1/staff/roles/{code}", { params: { path: { code } }, body }));

export const deleteRole = (code: string) =>
  answer(client.DELETE("/v1/staff/roles/{code}", { params: { path: { code } } }));

export const keepSecurity = (body: SecurityWish) => answer(client.PUT("/v1/staff/security", { body }));

export const keepProvider = (provider_id: number | null, body: ProviderWish) =>
  provider_id === null
    ? answer(client.POST("/v1/staff/providers", { body }))
    : answer(client.PUT("/v1/staff/providers/{provider_id}", { params: { path: { provider_id } }, body }));

export const deleteProvider = (provider_id: number) =>
  answer(client.DELETE("/v1/staff/providers/{provider_id}", { params: { path: { provider_id } } }));

export const approveAct = (approval: number, confirmation: string | null) =>
  answer(
    client.POST("/v1/approvals/{approval}/approve", {
      params: { path: { approval } },
      body: { confirmation },
    }),
  );

export const rejectAct = (approval: number, note: string) =>
  answer(client.POST("/v1/approvals/{approval}/reject", { params: { path: { approval } }, body: { note } }));

/** Something done to staff; every list of them is asked for again. */
export function useStaffAct<Given, Answer>(act: (given: Given) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => queries.invalidateQueries({ queryKey: staffKeys.all }),
  });
}
