import { createContext, useContext } from "react";
import type { CouponProblem } from "../../../api/coupons";

interface Known {
  money: string;
  problems: readonly CouponProblem[];
}

export const FormContext = createContext<Known>({ money: "CNY", problems: [] });

export function useForm(): Known {
  return useContext(FormContext);
}
