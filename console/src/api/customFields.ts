import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { CustomField, CustomFieldChange, NewCustomField } from "./contract";
import { memberKeys } from "./members";

export const customFieldKeys = { all: ["custom-fields"] as const };

const isMoving = (field: CustomField) => field.index_state === "building" || field.index_state === "dropping";

/** All fields, archived ones too; asks again every second while an index is being made. */
export function useCustomFields() {
  return useQuery({
    queryKey: customFieldKeys.all,
    queryFn: ({ signal }) =>
      answer(client.GET("/v1/custom-fields", { params: { query: { archived: true } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items.some(isMoving) ? 1_000 : false),
  });
}

/** The fields that are filled in and shown. */
export function useFieldsInUse(): CustomField[] {
  const { data } = useCustomFields();
  return data?.items.filter((field) => !field.is_archived) ?? none;
}

const none: CustomField[] = [];

export type FieldWish =
  | { what: "add"; body: NewCustomField }
  | { what: "change"; key: string; version: number; body: CustomFieldChange }
  | { what: "archive" | "restore"; key: string }
  | { what: "filterable"; key: string; isOn: boolean }
  | { what: "order"; keys: string[] };

export function useChangeFields() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: FieldWish): Promise<unknown> => ask(wish),
    onSuccess: () => queries.invalidateQueries({ queryKey: customFieldKeys.all }),
  });
}

function ask(wish: FieldWish): Promise<unknown> {
  switch (wish.what) {
    case "add":
      return answer(client.POST("/v1/custom-fields", { body: wish.body }));
    case "change":
      return answer(
        client.PUT("/v1/custom-fields/{key}", {
          params: { path: { key: wish.key }, header: { "if-match": `"${wish.version}"` } },
          body: wish.body,
        }),
      );
    case "archive":
      return answer(client.POST("/v1/custom-fields/{key}/archive", { params: { path: { key: wish.key } } }));
    case "restore":
      return answer(client.POST("/v1/custom-fields/{key}/restore", { params: { path: { key: wish.key } } }));
    case "filterable":
      return answer(
        client.PUT("/v1/custom-fields/{key}/filterable", {
          params: { path: { key: wish.key } },
          body: { is_filterable: wish.isOn },
        }),
      );
    case "order":
      return answer(client.PUT("/v1/custom-fields/order", { body: { keys: wish.keys } }));
  }
}

/** Writes values of a member's fields; `version` is the one that the person saw. */
export function useSaveCustom(member: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ version, custom }: { version: number; custom: Record<string, unknown> }) =>
      answer(
        client.PATCH("/v1/members/{member}", {
          params: { path: { member: String(member) }, header: { "if-match": `"${version}"` } },
          body: { custom },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: memberKeys.all }),
  });
}
