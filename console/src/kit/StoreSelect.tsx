import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useStores } from "../api/stores";
import styles from "./Filters.module.css";

interface Props {
  value: string;
  onChange: (value: string) => void;
}

export function StoreSelect({ value, onChange }: Props) {
  const { t } = useTranslation();
  const { data } = useStores();
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      className={styles.select}
      placeholder={t("members.filter.store")}
      aria-label={t("members.filter.store")}
      value={value || undefined}
      onChange={(id?: string) => onChange(id ?? "")}
      popupMatchSelectWidth={false}
      options={data?.map((store) => ({ value: String(store.id), label: store.name }))}
    />
  );
}
