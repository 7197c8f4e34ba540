import { useEffect, useReducer } from "react";
import { after, emptySale, type Sale, type Step } from "./sale";

const place = "shuke.till.sale";

/** The sale in hand. It outlives a reload of its tab, and nothing else. */
export function useSale(): [Sale, (step: Step) => void] {
  const [sale, step] = useReducer(after, null, kept);
  useEffect(() => {
    if (sale === emptySale) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, JSON.stringify(sale));
  }, [sale]);
  return [sale, step];
}

function kept(): Sale {
  try {
    const found = JSON.parse(sessionStorage.getItem(place) ?? "null") as Sale | null;
    return found && Array.isArray(found.lines) ? { ...emptySale, ...found } : emptySale;
  } catch {
    return emptySale;
  }
}
