import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { paths } from "./contract";
import { upload } from "./upload";

type List = paths["/v1/products"]["get"];
export type ProductsQuery = NonNullable<List["parameters"]["query"]>;
export type Product = List["responses"][200]["content"]["application/json"]["items"][number];
export type ProductIn =
  paths["/v1/products/batch"]["post"]["requestBody"]["content"]["application/json"]["products"][number];
export type ProductFile = paths["/v1/products/file"]["post"]["responses"][200]["content"]["application/json"];

export const productKeys = {
  all: ["products"] as const,
  list: (query: ProductsQuery) => ["products", "list", query] as const,
  groups: ["products", "groups"] as const,
};

export function useProducts(query: ProductsQuery) {
  return useQuery({
    queryKey: productKeys.list(query),
    queryFn: ({ signal }) => answer(client.GET("/v1/products", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function useProductGroups() {
  return useQuery({
    queryKey: productKeys.groups,
    queryFn: ({ signal }) => answer(client.GET("/v1/product-groups", { signal })),
  });
}

export function useSaveProduct() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (product: ProductIn) =>
      answer(client.POST("/v1/products/batch", { body: { products: [product] } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: productKeys.all }),
  });
}

export function useUploadProducts() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, onSent }: { file: File; onSent: (share: number) => void }) =>
      upload<ProductFile>({ address: "/v1/products/file", fields: {}, file, onSent }),
    onSuccess: () => queries.invalidateQueries({ queryKey: productKeys.all }),
  });
}
