import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { newKey, underKey } from "./attempt";
import { answer, client } from "./client";

/** Looking again by itself keeps nobody signed in. */
export const byItself = { headers: { "X-Shuke-Background": "1" } };

export const noticeKeys = {
  all: ["notices"] as const,
  unread: ["notices", "unread"] as const,
  kinds: ["notices", "kinds"] as const,
};

export function useUnread() {
  return useQuery({
    queryKey: noticeKeys.unread,
    queryFn: ({ signal }) => answer(client.GET("/v1/session/notices/unread", { signal, ...byItself })),
    refetchInterval: 30_000,
  });
}

interface Wanted {
  limit: number;
  cursor?: string;
  unread?: boolean;
}

/** `newest` is what the bell knows: when something new came, the list is read anew. */
export function useNotices(query: Wanted, newest: number | null | undefined) {
  return useQuery({
    queryKey: [...noticeKeys.all, "list", query, newest],
    queryFn: ({ signal }) => answer(client.GET("/v1/session/notices", { signal, params: { query } })),
    placeholderData: keepPreviousData,
  });
}

export function useRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) =>
      answer(
        client.POST("/v1/session/notices/{notice_id}/read", {
          params: { ...underKey(newKey()), path: { notice_id: id } },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: noticeKeys.all }),
  });
}

export function useReadAll() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (upTo: number) =>
      answer(client.POST("/v1/session/notices/read", { params: underKey(newKey()), body: { up_to: upTo } })),
    onSettled: () => queries.invalidateQueries({ queryKey: noticeKeys.all }),
  });
}

export function useNoticeKinds() {
  return useQuery({
    queryKey: noticeKeys.kinds,
    queryFn: ({ signal }) => answer(client.GET("/v1/session/notice-kinds", { signal })),
  });
}

export function useChooseKind() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ code, isOn }: { code: string; isOn: boolean }) =>
      answer(
        client.PUT("/v1/session/notice-kinds/{code}", {
          params: { ...underKey(newKey()), path: { code } },
          body: { is_on: isOn },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: noticeKeys.all }),
  });
}
