import { Segmented, Select } from "antd";
import { DayRange } from "./DayRange";
import styles from "./PeriodPicker.module.css";
import { useNarrow } from "./useNarrow";

/** What a page with a period keeps in the address. Days that somebody chose count before the named period. */
export interface PeriodState {
  period: string;
  from: string;
  to: string;
}

interface Props {
  label: string;
  customLabel: string;
  options: { value: string; label: string }[];
  state: PeriodState;
  patch: (change: Partial<PeriodState>) => void;
}

export function PeriodPicker({ label, customLabel, options, state, patch }: Props) {
  const isNarrow = useNarrow();
  const value = state.from && state.to ? "" : state.period;
  const choose = (period: string) => patch({ period, from: "", to: "" });
  return (
    <div className={styles.period}>
      {isNarrow ? (
        <Select
          aria-label={label}
          value={value || undefined}
          placeholder={label}
          options={options}
          onChange={choose}
        />
      ) : (
        <Segmented aria-label={label} value={value} options={options} onChange={choose} />
      )}
      <DayRange
        label={customLabel}
        from={state.from}
        to={state.to}
        onChange={(from, to) => patch({ from, to })}
      />
    </div>
  );
}
