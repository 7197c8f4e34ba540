import { Select } from "antd";
import { useState } from "react";
import { useProductGroups, useProducts } from "../../../api/products";
import { useStores } from "../../../api/stores";
import { useTiers } from "../../../api/tiers";
import { useFormat } from "../../../kit/useFormat";
import { useSettled } from "../../../kit/useSettled";
import styles from "../coupons.module.css";

interface Props {
  id: string;
  value: string[] | undefined;
  onChange: (value: string[]) => void;
  placeholder?: string;
}

const separators = [",", "，", " ", "\n"];

/** Products of the catalogue, found by typing; codes that it does not know yet may be typed in full. */
export function ProductPicker({ value, ...props }: Props) {
  const [typed, setTyped] = useState("");
  const products = useProducts({ q: useSettled(typed, 250) || undefined, limit: 20 });
  return (
    <Select
      {...props}
      mode="tags"
      className={styles.full}
      value={value ?? []}
      tokenSeparators={separators}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={products.isFetching}
      options={products.data?.items.map((one) => ({ value: one.code, label: `${one.name} · ${one.code}` }))}
    />
  );
}

/** Categories or brands of the catalogue. */
export function GroupPicker({ of, value, ...props }: Props & { of: "categories" | "brands" }) {
  const { data } = useProductGroups();
  return (
    <Select
      {...props}
      mode="tags"
      className={styles.full}
      value={value ?? []}
      tokenSeparators={separators}
      options={data?.[of].map(({ name }) => ({ value: name, label: name }))}
    />
  );
}

export function StorePicker({ value, ...props }: Props) {
  const { data } = useStores();
  return (
    <Select
      {...props}
      mode="multiple"
      className={styles.full}
      value={value ?? []}
      showSearch={{ optionFilterProp: "label" }}
      options={data?.map((store) => ({ value: store.code, label: store.name }))}
    />
  );
}

export function TierPicker({ value, ...props }: Props) {
  const { name } = useFormat();
  const { data } = useTiers();
  return (
    <Select
      {...props}
      mode="multiple"
      className={styles.full}
      value={value ?? []}
      options={data?.levels
        .toSorted((a, b) => a.rank - b.rank)
        .map((level) => ({ value: level.code, label: name(level.name) }))}
    />
  );
}

/** Names of order sources. */
export function SourcePicker({ value, ...props }: Props) {
  return (
    <Select
      {...props}
      mode="tags"
      open={false}
      suffixIcon={null}
      className={styles.full}
      value={value ?? []}
      tokenSeparators={separators}
    />
  );
}
