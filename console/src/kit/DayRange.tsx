import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import styles from "./DayRange.module.css";
import { useNarrow } from "./useNarrow";

interface Props {
  label: string;
  from: string;
  to: string;
  onChange: (from: string, to: string) => void;
}

const form = "YYYY-MM-DD";

export function DayRange({ label, from, to, onChange }: Props) {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const isSet = from !== "" || to !== "";
  return (
    <DatePicker.RangePicker
      className={styles.range}
      allowEmpty={[true, true]}
      value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
      placeholder={[label, t("kit.to")]}
      aria-label={label}
      // Days alone do not say what they are days of.
      prefix={isSet && label}
      suffixIcon={isSet ? null : undefined}
      format={form}
      onChange={(range) => onChange(range?.[0]?.format(form) ?? "", range?.[1]?.format(form) ?? "")}
      classNames={{ popup: { root: isNarrow ? styles.narrow : "" } }}
    />
  );
}
