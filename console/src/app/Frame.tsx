import { CloudOutlined, WarningOutlined } from "@ant-design/icons";
import { Outlet, useLocation } from "@tanstack/react-router";
import { Button, Drawer } from "antd";
import { Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../api/session";
import { useSystem } from "../api/system";
import { Card } from "../kit/Card";
import { ErrorBoundary } from "../kit/ErrorBoundary";
import { FullPage } from "../kit/FullPage";
import { Redirect } from "../kit/Redirect";
import { useNarrow } from "../kit/useNarrow";
import { Waiting } from "../kit/Waiting";
import { AreaTabs } from "./AreaTabs";
import styles from "./Frame.module.css";
import { Mark } from "./Mark";
import { menuFor } from "./menu";
import { useLanguageOf } from "./Preferences";
import { SideMenu } from "./SideMenu";
import { TopBar } from "./TopBar";

export function Frame() {
  const { t } = useTranslation();
  const session = useSession();
  const isNarrow = useNarrow();
  const { pathname, href } = useLocation();
  const [isMenuOpen, setMenuOpen] = useState(false);
  useSystem(Boolean(session.data));
  useLanguageOf(session.data?.user);

  // biome-ignore lint/correctness/useExhaustiveDependencies: moving to another page is what closes the menu
  useEffect(() => setMenuOpen(false), [pathname]);

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

  const menu = menuFor(session.data.permissions);
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content">
        {t("frame.skip")}
      </a>
      {!isNarrow && (
        <aside className={styles.side}>
          <div className={styles.mark}>
            <Mark />
          </div>
          <SideMenu menu={menu} />
        </aside>
      )}
      {isNarrow && (
        <Drawer
          open={isMenuOpen}
          onClose={() => setMenuOpen(false)}
          placement="left"
          size={260}
          title={<Mark height={18} />}
          styles={{ body: { padding: "8px 0" } }}
        >
          <SideMenu menu={menu} />
        </Drawer>
      )}
      <div className={styles.work}>
        <TopBar session={session.data} menu={menu} onMenu={isNarrow ? () => setMenuOpen(true) : undefined} />
        <main id="content" className={styles.content} tabIndex={-1}>
          <AreaTabs menu={menu} />
          <ErrorBoundary resetOn={pathname} fallback={(again) => <Crashed again={again} />}>
            <Suspense
              fallback={
                <div className={styles.waiting}>
                  <Card>
                    <Waiting rows={10} minHeight={400} />
                  </Card>
                </div>
              }
            >
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
    </div>
  );
}

function Crashed({ again }: { again: () => void }) {
  const { t } = useTranslation();
  return (
    <FullPage
      mark={<WarningOutlined />}
      title={t("kit.crashed.title")}
      hint={t("kit.crashed.hint")}
      action={
        <Button type="primary" onClick={again}>
          {t("kit.crashed.action")}
        </Button>
      }
    />
  );
}
