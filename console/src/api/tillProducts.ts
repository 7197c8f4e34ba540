import { answer, client } from "./client";

/** A page of the whole catalogue by code, as a till copies it. */
export function productPage(cursor: string | undefined) {
  return answer(client.GET("/v1/products", { params: { query: { limit: 200, cursor } } }));
}
