import { Form, Radio } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useSystem } from "../../api/system";
import { useFormat } from "../../kit/useFormat";
import { DayField } from "./DayField";

interface Props {
  label: string;
  now: string;
  later: string;
  help?: string;
  /** null: at once. */
  value: Dayjs | null;
  onChange: (day: Dayjs | null) => void;
}

/** At once, or from the start of a later day of the shop. */
export function FromDay({ label, now, later, help, value, onChange }: Props) {
  const { data: system } = useSystem();
  const { dayOf } = useFormat();
  const tomorrow = dayjs(system ? dayOf(system.now) : undefined).add(1, "day");
  return (
    <Form layout="vertical">
      <Form.Item label={label} htmlFor="from-day" extra={help}>
        <Radio.Group
          value={value === null ? "now" : "later"}
          onChange={({ target }) => onChange(target.value === "now" ? null : tomorrow)}
          options={[
            { value: "now", label: now },
            { value: "later", label: later },
          ]}
        />
        {value && <DayField id="from-day" value={value} onChange={onChange} earliest={tomorrow} />}
      </Form.Item>
    </Form>
  );
}
