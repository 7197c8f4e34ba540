import { LockOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "../api/session";
import { FullPage } from "../kit/FullPage";
import { Redirect } from "../kit/Redirect";
import { useGo } from "../kit/useGo";
import type { FeaturePage } from "./feature";
import { mayOpen, menuFor } from "./menu";

/** Opens a page for those who may see it; the server decides again on every call. */
export function Guarded({ page }: { page: FeaturePage }) {
  const { t } = useTranslation();
  const { data: session } = useSession();
  const go = useGo();
  if (!session) return null;
  if (mayOpen(page, session.permissions)) return <page.component />;
  const first = menuFor(session.permissions)[0]?.pages[0];
  // Everyone lands on the first page; who may not see it gets the first one they may.
  if (page.path === "/" && first) return <Redirect to={first.path} />;
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
