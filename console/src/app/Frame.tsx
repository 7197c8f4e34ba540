import { CloudOutlined } from "@ant-design/icons";
import { useLocation } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "../api/session";
import { useSystem } from "../api/system";
import { FullPage } from "../kit/FullPage";
import { Redirect } from "../kit/Redirect";
import { Waiting } from "../kit/Waiting";
import { Framed } from "./Framed";
import { useLanguageOf } from "./Preferences";

/** Lets in whoever is signed in, and leads everybody else to the door. */
export function Frame() {
  const { t } = useTranslation();
  const session = useSession();
  const { pathname, href } = useLocation();
  useSystem(Boolean(session.data));
  useLanguageOf(session.data?.user);

  if (session.isPending) return <Waiting rows={0} />;
  if (session.data === undefined) {
    return (
      <FullPage
        mark={<CloudOutlined />}
        title={t("kit.unreachable.title")}
        hint={t("kit.unreachable.hint")}
        action={
          <Button type="primary" loading={session.isFetching} onClick={() => void session.refetch()}>
            {t("kit.unreachable.action")}
          </Button>
        }
      />
    );
  }
  if (session.data === null) {
    return <Redirect to={href === "/" ? "/sign-in" : `/sign-in?from=${encodeURIComponent(href)}`} />;
  }

  // The server answers nothing else until that is done.
  const must = session.data.must_first;
  const first = must && (must === "password" ? "/password" : "/account");
  if (first && pathname !== first && pathname !== "/account") return <Redirect to={first} />;

  return <Framed session={session.data} />;
}
