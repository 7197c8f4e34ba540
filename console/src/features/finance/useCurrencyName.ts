import { useCurrencies } from "../../api/currencies";
import { useFormat } from "../../kit/useFormat";

/** A currency's name by its code. */
export function useCurrencyName(): (code: string) => string {
  const { name } = useFormat();
  const currencies = useCurrencies();
  return (code) => {
    const found = currencies.data?.find((one) => one.code === code);
    return found ? name(found.name) : code;
  };
}
