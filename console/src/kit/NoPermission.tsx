import { LockOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { FullPage } from "./FullPage";
import { useGo } from "./useGo";

/** Instead of a page that this person may not see. */
export function NoPermission() {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <FullPage
      mark={<LockOutlined />}
      title={t("kit.forbidden.title")}
      hint={t("kit.forbidden.hint")}
      action={
        <Button type="primary" onClick={() => go("/")}>
          {t("kit.forbidden.action")}
        </Button>
      }
    />
  );
}
