import { useTranslation } from "react-i18next";

const known = ["till", "pos", "store", "console", "online", "wechat", "import", "shuke"] as const;

/** What people call the system that an order came from. One that the shop named itself is told as it wrote it. */
export function useSourceName() {
  const { t } = useTranslation();
  return (code: string) => {
    const found = known.find((one) => one === code);
    return found ? t(`kit.source.${found}`) : code;
  };
}
