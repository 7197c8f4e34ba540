import { useTranslation } from "react-i18next";
import { Page } from "../../../kit/Page";

export function StackingPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("coupons.stacking.title")} purpose={t("coupons.stacking.purpose")}>
      {null}
    </Page>
  );
}
