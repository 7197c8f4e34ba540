import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useStores } from "../../../api/stores";
import { useFormat } from "../../../kit/useFormat";
import { useDrawing } from "./context";
import { optionsOf, plain } from "./schema";

interface Props {
  id: string;
  by: string;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** What a bonus is for: weekdays, hours and stores are chosen, codes are typed. */
export function ValuesField({ id, by, value, onChange }: Props) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { defs } = useDrawing();
  const stores = useStores();
  const values = (value ?? []) as (string | number)[];
  const days = plain(defs.Schedule ?? {}, defs).properties?.weekdays?.choices ?? [];
  const options =
    by === "weekday"
      ? optionsOf(days, language)
      : by === "hour"
        ? Array.from({ length: 24 }, (_none, hour) => ({ value: hour, label: `${hour}:00–${hour}:59` }))
        : by === "store"
          ? stores.data?.map((store) => ({ value: store.code, label: store.name }))
          : undefined;
  return (
    <Select
      id={id}
      mode={options ? "multiple" : "tags"}
      value={values.filter((one) => (by === "weekday" || by === "hour") === (typeof one === "number"))}
      onChange={onChange}
      options={options}
      placeholder={options ? t("rules.form.needed") : t("rules.form.listHelp")}
      showSearch={{ optionFilterProp: "label" }}
    />
  );
}
