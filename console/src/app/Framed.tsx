import { WarningOutlined } from "@ant-design/icons";
import { Outlet, useLocation } from "@tanstack/react-router";
import { Button, Drawer } from "antd";
import { Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Session } from "../api/contract";
import { Invitation } from "../features/tour/Invitation";
import { Card } from "../kit/Card";
import { ErrorBoundary } from "../kit/ErrorBoundary";
import { FullPage } from "../kit/FullPage";
import { useNarrow } from "../kit/useNarrow";
import { Waiting } from "../kit/Waiting";
import { Aids, useAids } from "./Aids";
import { AreaTabs } from "./AreaTabs";
import styles from "./Frame.module.css";
import { Mark } from "./Mark";
import { menuFor } from "./menu";
import { SideMenu } from "./SideMenu";
import { TopBar } from "./TopBar";
import { useFrameShortcuts } from "./useFrameShortcuts";

/** Menu, top bar and the page between them, with what helps to find one's way. */
export function Framed({ session }: { session: Session }) {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const { pathname } = useLocation();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const aids = useAids();
  const menu = menuFor(session.permissions);
  useFrameShortcuts(menu, aids);

  // biome-ignore lint/correctness/useExhaustiveDependencies: moving to another page is what closes the menu
  useEffect(() => setMenuOpen(false), [pathname]);

  const isFirstPage = pathname === menu[0]?.pages[0]?.path;
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
          <div className={styles.menu}>
            <SideMenu menu={menu} />
          </div>
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
        <TopBar
          session={session}
          onMenu={isNarrow ? () => setMenuOpen(true) : undefined}
          onSearch={aids.onSearch}
          onHelp={aids.onHelp}
        />
        <main id="content" className={styles.content} tabIndex={-1}>
          <AreaTabs menu={menu} />
          {isFirstPage && !session.must_first && <Invitation onStart={aids.onTour} />}
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
      <Aids aids={aids} menu={menu} pathname={pathname} />
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
