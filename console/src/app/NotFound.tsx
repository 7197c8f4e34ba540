import { CompassOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { FullPage } from "../kit/FullPage";
import { useGo } from "../kit/useGo";

export function NotFound() {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <FullPage
      mark={<CompassOutlined />}
      title={t("kit.notFound.title")}
      hint={t("kit.notFound.hint")}
      action={
        <Button type="primary" onClick={() => go("/")}>
          {t("kit.notFound.action")}
        </Button>
      }
    />
  );
}
