import { useEffect, useState } from "react";
import { inOrder, type KeptSale } from "./queue";
import { keptSales, onSales } from "./store";

/** The sales that are kept in this browser, in the order in which they were sold; undefined: not read yet. */
export function useKept(): KeptSale[] | undefined {
  const [kept, setKept] = useState<KeptSale[]>();
  useEffect(() => {
    const read = () =>
      void keptSales()
        .then((all) => setKept(inOrder(all)))
        .catch(() => setKept([]));
    read();
    return onSales(read);
  }, []);
  return kept;
}
