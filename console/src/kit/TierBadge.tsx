import { useTranslation } from "react-i18next";
import type { TierRef } from "../api/contract";
import { usePreferences } from "../app/Preferences";
import { type Mode, tierColours } from "../app/tokens";
import styles from "./TierBadge.module.css";
import { useFormat } from "./useFormat";

/** A scheme may name one of our tier colours or bring its own. */
export function tierColour(tier: TierRef, mode: Mode): string {
  const own = tierColours[tier.colour] ?? tierColours[tier.code];
  return own?.[mode] ?? tier.colour;
}

export function TierBadge({ tier }: { tier: TierRef | null }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { mode } = usePreferences();
  if (!tier) return <span className={styles.none}>{t("kit.noTier")}</span>;
  return (
    <span className={styles.badge}>
      <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
        <path d="M6 0.5 11.5 6 6 11.5 0.5 6Z" fill={tierColour(tier, mode)} />
      </svg>
      {name(tier.name)}
    </span>
  );
}
