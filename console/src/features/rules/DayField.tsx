import { DatePicker } from "antd";
import type { Dayjs } from "dayjs";

interface Props {
  id: string;
  value: Dayjs | null;
  onChange: (day: Dayjs | null) => void;
  /** No day before this one. */
  earliest?: Dayjs;
}

/** A day of the shop's calendar. */
export function DayField({ id, value, onChange, earliest }: Props) {
  return (
    <DatePicker
      id={id}
      value={value}
      onChange={(day: Dayjs | null) => onChange(day)}
      disabledDate={earliest ? (day: Dayjs) => day.isBefore(earliest, "day") : undefined}
      style={{ width: "100%" }}
    />
  );
}
