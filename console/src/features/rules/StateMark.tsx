import { useTranslation } from "react-i18next";
import type { RuleState } from "../../api/rules";
import { Swatch, type Tone } from "../../kit/Swatch";

const tones: Record<RuleState, Tone> = { draft: "plain", scheduled: "warn", live: "good", retired: "plain" };

export function StateMark({ state }: { state: RuleState }) {
  const { t } = useTranslation();
  return <Swatch tone={tones[state]}>{t(`rules.state.${state}`)}</Swatch>;
}
