import { LoadingOutlined, ScanOutlined } from "@ant-design/icons";
import { Input, type InputRef } from "antd";
import type { KeyboardEvent, Ref } from "react";
import { useTranslation } from "react-i18next";
import type { Wanted } from "./meaning";
import styles from "./till.module.css";

interface Props {
  field: Ref<InputRef>;
  value: string;
  wanted: Wanted;
  isLooking: boolean;
  onChange: (text: string) => void;
  onSubmit: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** One field for everything that is scanned or typed. */
export function Entry({ field, value, wanted, isLooking, onChange, onSubmit, onKeyDown }: Props) {
  const { t } = useTranslation();
  return (
    <Input
      ref={field}
      size="large"
      className={styles.entry}
      value={value}
      maxLength={100}
      autoFocus
      autoComplete="off"
      autoCorrect="off"
      spellCheck={false}
      enterKeyHint="go"
      aria-label={t(`till.entry.${wanted}`)}
      placeholder={t(`till.entry.${wanted}`)}
      prefix={isLooking ? <LoadingOutlined /> : <ScanOutlined />}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
      onPressEnter={(event) => {
        // While characters are being composed, Enter belongs to the input method.
        if (!event.nativeEvent.isComposing) onSubmit();
      }}
    />
  );
}
