import { useTranslation } from "react-i18next";
import type { AdjustmentState } from "../../api/contract";
import { Swatch, type Tone } from "../../kit/Swatch";

const tones: Record<AdjustmentState, Tone> = {
  waiting: "warn",
  done: "good",
  rejected: "bad",
  withdrawn: "plain",
};

export function AdjustmentStateMark({ state }: { state: AdjustmentState }) {
  const { t } = useTranslation();
  return <Swatch tone={tones[state]}>{t(`finance.adjustments.state.${state}`)}</Swatch>;
}
