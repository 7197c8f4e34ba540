import { useTranslation } from "react-i18next";

/** Who did something, in words. */
export function useActorName() {
  const { t } = useTranslation();
  return (actor: string) => {
    const [kind, id] = actor.split(":");
    return kind === "staff" ? t("rights.staff", { id }) : t("rights.system");
  };
}
