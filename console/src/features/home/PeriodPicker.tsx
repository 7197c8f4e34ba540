import { Segmented, Select } from "antd";
import { useTranslation } from "react-i18next";
import { DayRange } from "../../kit/DayRange";
import { useNarrow } from "../../kit/useNarrow";
import styles from "./home.module.css";
import { type periodDefaults, presets } from "./period";

type State = typeof periodDefaults;

interface Props {
  state: State;
  patch: (change: Partial<State>) => void;
}

export function PeriodPicker({ state, patch }: Props) {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const value = state.from && state.to ? "" : state.period;
  const options = presets.map((preset) => ({ value: preset as string, label: t(`home.period.${preset}`) }));
  const choose = (period: string) => patch({ period, from: "", to: "" });
  return (
    <div className={styles.period}>
      {isNarrow ? (
        <Select
          aria-label={t("home.period.label")}
          value={value || undefined}
          placeholder={t("home.period.label")}
          options={options}
          onChange={choose}
        />
      ) : (
        <Segmented aria-label={t("home.period.label")} value={value} options={options} onChange={choose} />
      )}
      <DayRange
        label={t("home.period.custom")}
        from={state.from}
        to={state.to}
        onChange={(from, to) => patch({ from, to })}
      />
    </div>
  );
}
