import { useEffect } from "react";
import { useTranslation } from "react-i18next";

/** The tab says which page it holds, so that several open ones can be told apart. */
export function useTitle(title: string | undefined): void {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = title ? `${title} · ${t("frame.brand")}` : t("frame.brand");
  }, [title, t]);
}
