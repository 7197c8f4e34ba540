import { useTranslation } from "react-i18next";
import type { CouponState } from "../../api/coupons";
import { Swatch, type Tone } from "../../kit/Swatch";

const tones: Record<CouponState, Tone> = {
  draft: "plain",
  published: "good",
  paused: "warn",
  closed: "plain",
};

export function StateMark({ state }: { state: CouponState }) {
  const { t } = useTranslation();
  return <Swatch tone={tones[state]}>{t(`coupons.state.${state}`)}</Swatch>;
}
