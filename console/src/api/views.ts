import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { SavedView, SavedViewContent, SavedViews } from "./contract";

const keyOf = (list: string) => ["views", list] as const;

/** A person's own views of a list, and the shared ones. */
export function useViews(list: string) {
  return useQuery({
    queryKey: keyOf(list),
    queryFn: ({ signal }) => answer(client.GET("/v1/views", { params: { query: { list } }, signal })),
    staleTime: 5 * 60_000,
  });
}

export interface ViewWish {
  /** None: a new view. */
  id?: number;
  name?: string;
  is_shared?: boolean;
  content?: SavedViewContent;
}

export function useKeepView(list: string) {
  const refresh = useRefresh(list);
  return useMutation({
    mutationFn: ({ id, ...wish }: ViewWish): Promise<SavedView> =>
      id === undefined
        ? answer(
            client.POST("/v1/views", {
              body: {
                list,
                name: wish.name ?? "",
                is_shared: wish.is_shared ?? false,
                content: filled(wish.content),
              },
            }),
          )
        : answer(client.PATCH("/v1/views/{view_id}", { params: { path: { view_id: id } }, body: wish })),
    onSuccess: refresh,
  });
}

export function useDeleteView(list: string) {
  return useMutation({
    mutationFn: (id: number) =>
      answer(client.DELETE("/v1/views/{view_id}", { params: { path: { view_id: id } } })),
    onSuccess: useRefresh(list),
  });
}

export function useTakeOverView(list: string) {
  return useMutation({
    mutationFn: (id: number) =>
      answer(client.POST("/v1/views/{view_id}/take-over", { params: { path: { view_id: id } } })),
    onSuccess: useRefresh(list),
  });
}

/** Which view opens first, and which stand in front. */
export function useArrangeViews(list: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Pick<SavedViews, "default_id" | "pinned">) =>
      answer(client.PUT("/v1/views/arrangement", { body: { list, ...body } })),
    onMutate: (body) => {
      cache.setQueryData<SavedViews>(keyOf(list), (kept) => kept && { ...kept, ...body });
    },
    onError: useRefresh(list),
  });
}

function useRefresh(list: string) {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: keyOf(list) });
}

function filled(content: SavedViewContent | undefined): SavedViewContent {
  return { filters: {}, sort: "", columns: [], ...content };
}
