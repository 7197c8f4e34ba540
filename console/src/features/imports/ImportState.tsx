import { useTranslation } from "react-i18next";
import type { Import, ImportState as State } from "../../api/contract";
import { Swatch, type Tone } from "../../kit/Swatch";

const tones: Record<State, Tone> = {
  waiting: "plain",
  reading: "warn",
  applying: "warn",
  done: "good",
  failed: "bad",
};

export function ImportState({ job }: { job: Import }) {
  const { t } = useTranslation();
  return <Swatch tone={tones[job.state]}>{t(`imports.state.${job.state}`)}</Swatch>;
}
