import { SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useEffect, useState } from "react";
import styles from "./Filters.module.css";
import { useSettled } from "./useSettled";

interface Props {
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
}

export function SearchField({ value, onChange, placeholder }: Props) {
  const [text, setText] = useState(value);
  const settled = useSettled(text, 250);
  // The address may change under the field: back, forward, or clearing all filters.
  useEffect(() => setText(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only settled typing changes the address
  useEffect(() => {
    if (settled === text && settled !== value) onChange(settled);
  }, [settled]);
  return (
    <Input
      allowClear
      data-find
      className={styles.search}
      prefix={<SearchOutlined />}
      placeholder={placeholder}
      aria-label={placeholder}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
