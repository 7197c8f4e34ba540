import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./client";

const fields = ["name", "phone", "birthday", "address", "identities"] as const;

/** What is personal of a member, in clear. A birthday may lack its year. */
export interface Clear {
  name: string | null;
  phone: string | null;
  birthday: string | null;
  address: string | null;
  identities: { kind: string; source: string | null; value: string }[];
}

/** Asks for everything personal at once: one reason, one line in the audit trail. */
export function useUnmask(member: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (reason: string): Promise<Clear> => {
      const { values } = await answer(
        client.POST("/v1/members/{member}/unmask", {
          params: { path: { member: String(member) } },
          body: { fields: [...fields], reason },
        }),
      );
      const text = (name: string) => (typeof values[name] === "string" ? (values[name] as string) : null);
      return {
        name: text("name"),
        phone: text("phone"),
        birthday: text("birthday"),
        address: text("address"),
        identities: Array.isArray(values.identities) ? (values.identities as Clear["identities"]) : [],
      };
    },
    // Who looked stands in the timeline. The values themselves are kept in no cache.
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["members", "timeline", member] }),
  });
}
