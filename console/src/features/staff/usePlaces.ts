import { useQuery } from "@tanstack/react-query";
import { answer, client } from "../../api/client";
import { useStores } from "../../api/stores";

/** Stores, regions and employees as the choices of a form. */
export function usePlaces() {
  const stores = useStores();
  const regions = useQuery({
    queryKey: ["regions"],
    queryFn: ({ signal }) => answer(client.GET("/v1/regions", { signal })),
    staleTime: 5 * 60_000,
  });
  const employees = useQuery({
    queryKey: ["employees", "choices"],
    queryFn: ({ signal }) => answer(client.GET("/v1/employees", { signal })),
    staleTime: 5 * 60_000,
  });
  return {
    stores: stores.data?.map((one) => ({ value: one.id, label: one.name })),
    regions: regions.data?.items.map((one) => ({ value: one.id, label: one.name })),
    employees: employees.data?.items.map((one) => ({ value: one.id, label: one.name })),
  };
}
