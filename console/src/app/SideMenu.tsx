import {
  CrownOutlined,
  FundOutlined,
  HomeOutlined,
  NotificationOutlined,
  SettingOutlined,
  ShoppingOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import { useLocation } from "@tanstack/react-router";
import { Menu } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Go } from "../kit/Go";
import type { Area } from "./feature";
import { areaOf, type MenuArea } from "./menu";

const icons: Record<Area, ReactNode> = {
  home: <HomeOutlined />,
  members: <TeamOutlined />,
  loyalty: <CrownOutlined />,
  marketing: <NotificationOutlined />,
  sales: <ShoppingOutlined />,
  insight: <FundOutlined />,
  settings: <SettingOutlined />,
};

export function SideMenu({ menu }: { menu: MenuArea[] }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const here = areaOf(pathname);
  return (
    <nav aria-label={t("frame.menu")} data-tour="menu">
      <Menu
        mode="inline"
        selectedKeys={here ? [here] : []}
        style={{ borderInlineEnd: 0 }}
        items={menu.map(({ area, pages }) => ({
          key: area,
          icon: icons[area],
          label: (
            <span data-tour={area}>
              <Go to={pages[0]?.path ?? "/"}>{t(`frame.area.${area}`)}</Go>
            </span>
          ),
        }))}
      />
    </nav>
  );
}
