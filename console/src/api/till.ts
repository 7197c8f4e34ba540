import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import type { Cart, Quote } from "./checkout";
import { answer, client, Refused } from "./client";
import { type ConsentAnswer, consentKeys, type Evidence } from "./consents";
import type { Member, MemberRow } from "./contract";
import type { Product } from "./products";

export const tillKeys = {
  all: ["till"] as const,
  quote: (cart: Cart | null) => ["till", "quote", cart] as const,
};

/** Nobody waits longer for one scanned code; then the copy in the browser is asked. */
const scanMs = 2_500;

const orNothing = <Found>(call: Promise<Found>): Promise<Found | null> =>
  call.catch((error: unknown) => {
    if (error instanceof Refused && error.status === 404) return null;
    throw error;
  });

/** The product with exactly this barcode or code. */
export function scanProduct(code: string): Promise<Product | null> {
  const signal = AbortSignal.timeout(scanMs);
  return orNothing(answer(client.GET("/v1/products/scan", { params: { query: { code } }, signal })));
}

export async function findProducts(q: string, limit: number): Promise<Product[]> {
  const page = await answer(client.GET("/v1/products", { params: { query: { q, limit } } }));
  return page.items;
}

/** A member by id or natural key, if the cashier sees them. */
export function findMember(reference: string): Promise<Member | null> {
  return orNothing(answer(client.GET("/v1/members/{member}", { params: { path: { member: reference } } })));
}

export async function findMembers(q: string, limit: number): Promise<MemberRow[]> {
  const page = await answer(client.GET("/v1/members", { params: { query: { q, limit } } }));
  return page.items;
}

const askQuote = (body: Cart, signal?: AbortSignal) =>
  answer(client.POST("/v1/checkout/quote", { body, signal }));

/** Whether checkout knows the buyer, also where the cashier does not see them; null: it does not. */
export async function quoteOfNothing(buyer: Cart["member"], store: string): Promise<Quote | null> {
  const [any] = await findProducts("", 1);
  if (!any) return null;
  const line = { product: any.code, quantity: "1", unit_price: "0", is_goods: any.is_goods };
  return orNothing(
    askQuote({
      source: "till",
      store,
      member: buyer,
      lines: [line],
      points: 0,
      coupon_minor: 0,
      payments: [],
    }),
  );
}

/** What the cart costs and earns at this moment; the answer before stays until the next one comes. */
export function useTillQuote(cart: Cart | null) {
  return useQuery({
    queryKey: tillKeys.quote(cart),
    queryFn: ({ signal }) => askQuote(cart as Cart, signal),
    enabled: cart !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

/** What may be asked of a person at the counter: purposes of marketing that rest on consent. */
export function useAskablePurposes(isEnabled: boolean) {
  return useQuery({
    queryKey: consentKeys.purposes,
    queryFn: ({ signal }) => answer(client.GET("/v1/consent/purposes", { signal })),
    select: (page) =>
      page.items.filter((one) => one.is_active && one.basis === "consent" && one.is_marketing),
    enabled: isEnabled,
  });
}

interface Said {
  member: number;
  answers: ConsentAnswer[];
  evidence: Evidence;
}

/** What somebody said who has just become a member. */
export function useRecordConsents() {
  return useMutation({
    mutationFn: ({ member, answers, evidence }: Said) =>
      answer(
        client.PUT("/v1/members/{member}/consents", {
          params: { path: { member: String(member) } },
          body: { answers, evidence },
        }),
      ),
  });
}
