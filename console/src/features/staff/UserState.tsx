import { useTranslation } from "react-i18next";
import type { StaffUser } from "../../api/contract";
import { Swatch } from "../../kit/Swatch";

const tones = { active: "good", disabled: "plain", locked: "warn" } as const;

export function UserState({ user }: { user: StaffUser }) {
  const { t } = useTranslation();
  return <Swatch tone={tones[user.state]}>{t(`staff.state.${user.state}`)}</Swatch>;
}
