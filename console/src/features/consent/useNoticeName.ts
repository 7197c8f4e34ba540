import { useTranslation } from "react-i18next";

const named = ["privacy", "marketing", "sharing"] as const;

/** What a notice is called; one that the shop added has its own code for a name. */
export function useNoticeName() {
  const { t } = useTranslation();
  return (code: string) => {
    const known = named.find((one) => one === code);
    return known ? t(`consent.notices.name.${known}`) : code;
  };
}
