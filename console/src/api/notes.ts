import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { underKey } from "./attempt";
import { answer, client } from "./client";
import { memberKeys } from "./members";
import type { components, paths } from "./schema";

type Shapes = components["schemas"];
export type MemberNote = Shapes["MemberNoteOut"];
export type FollowUp = Shapes["FollowUpOut"];
export type FollowUpState = FollowUp["state"];
export type FollowUpDue = NonNullable<FollowUp["due"]>;
export type FollowUpsQuery = NonNullable<paths["/v1/follow-ups"]["get"]["parameters"]["query"]>;
export type FollowUpWish = Omit<Shapes["FollowUpIn"], "assignee_id"> & { assignee_id: number };

export const noteKeys = {
  all: ["notes"] as const,
  of: (member: number) => ["notes", "of", member] as const,
  followUpsOf: (member: number, state: FollowUpState) => ["notes", "follow-ups-of", member, state] as const,
  followUps: (query: FollowUpsQuery) => ["notes", "follow-ups", query] as const,
  assignees: ["notes", "assignees"] as const,
};

export function useNotes(member: number) {
  return useInfiniteQuery({
    queryKey: noteKeys.of(member),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      answer(
        client.GET("/v1/members/{member}/notes", {
          params: { path: { member: String(member) }, query: { limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function useFollowUpsOf(member: number, state: FollowUpState) {
  return useQuery({
    queryKey: noteKeys.followUpsOf(member, state),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/v1/members/{member}/follow-ups", {
          params: { path: { member: String(member) }, query: { state, limit: 100 } },
          signal,
        }),
      ),
  });
}

export function useFollowUps(query: FollowUpsQuery) {
  return useQuery({
    queryKey: noteKeys.followUps(query),
    queryFn: ({ signal }) => answer(client.GET("/v1/follow-ups", { params: { query }, signal })),
  });
}

export function useAssignees(isWanted: boolean) {
  return useQuery({
    queryKey: noteKeys.assignees,
    queryFn: ({ signal }) => answer(client.GET("/v1/follow-ups/assignees", { signal })),
    staleTime: 300_000,
    enabled: isWanted,
  });
}

export function useAddNote(member: number) {
  return useChange(({ key, text, isPinned }: { key: string; text: string; isPinned: boolean }) =>
    answer(
      client.POST("/v1/members/{member}/notes", {
        params: { path: { member: String(member) }, ...underKey(key) },
        body: { text, is_pinned: isPinned },
      }),
    ),
  );
}

export type NoteWish =
  | { do: "change"; note: MemberNote; text: string }
  | { do: "pin"; note: MemberNote; isPinned: boolean }
  | { do: "delete"; note: MemberNote };

export function useWorkOnNote(member: number) {
  return useChange(async (wish: NoteWish) => {
    const params = { path: { member: String(member), note_id: wish.note.id } };
    if (wish.do === "delete")
      return await answer(client.DELETE("/v1/members/{member}/notes/{note_id}", { params }));
    if (wish.do === "pin")
      return await answer(
        client.PUT("/v1/members/{member}/notes/{note_id}/pin", {
          params,
          body: { is_pinned: wish.isPinned },
        }),
      );
    return await answer(
      client.PUT("/v1/members/{member}/notes/{note_id}", {
        params,
        body: { text: wish.text, version: wish.note.version },
      }),
    );
  });
}

export function useAddFollowUp(member: number) {
  return useChange(({ key, body }: { key: string; body: FollowUpWish }) =>
    answer(
      client.POST("/v1/members/{member}/follow-ups", {
        params: { path: { member: String(member) }, ...underKey(key) },
        body,
      }),
    ),
  );
}

export function useChangeFollowUp() {
  return useChange(({ one, body }: { one: FollowUp; body: FollowUpWish }) =>
    answer(
      client.PUT("/v1/members/{member}/follow-ups/{follow_up_id}", {
        params: { path: { member: String(one.member_id), follow_up_id: one.id } },
        body: { ...body, version: one.version },
      }),
    ),
  );
}

/** Marks it done or cancelled, or opens it again. */
export function useEndFollowUp() {
  return useChange(({ one, state }: { one: FollowUp; state: FollowUpState }) =>
    answer(
      client.PUT("/v1/members/{member}/follow-ups/{follow_up_id}/state", {
        params: { path: { member: String(one.member_id), follow_up_id: one.id } },
        body: { state },
      }),
    ),
  );
}

function useChange<Wish, Answered>(send: (wish: Wish) => Promise<Answered>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => {
      for (const queryKey of [noteKeys.all, memberKeys.all]) void queries.invalidateQueries({ queryKey });
    },
  });
}
