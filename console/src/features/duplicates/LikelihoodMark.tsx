import { useTranslation } from "react-i18next";
import type { Likelihood } from "../../api/duplicates";
import { Swatch, type Tone } from "../../kit/Swatch";

const tones: Record<Likelihood, Tone> = { certain: "bad", probable: "warn", possible: "plain" };

/** How sure the search is, in words. */
export function LikelihoodMark({ likelihood }: { likelihood: Likelihood }) {
  const { t } = useTranslation();
  return <Swatch tone={tones[likelihood]}>{t(`duplicates.likelihood.${likelihood}`)}</Swatch>;
}
