import { useTranslation } from "react-i18next";
import { Page } from "../../kit/Page";
import { Starts } from "./Starts";

export function AddTemplate() {
  const { t } = useTranslation();
  return (
    <Page title={t("coupons.form.addTitle")} purpose={t("coupons.form.purpose")}>
      <Starts />
    </Page>
  );
}

export function EditTemplate() {
  return <AddTemplate />;
}
