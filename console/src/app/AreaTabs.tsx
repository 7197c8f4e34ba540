import { useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Go } from "../kit/Go";
import styles from "./Frame.module.css";
import { areaOf, type MenuArea } from "./menu";

/** The second level of an area. One page alone needs no tabs, and neither does a page deeper down. */
export function AreaTabs({ menu }: { menu: MenuArea[] }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const entry = menu.find(({ area }) => area === areaOf(pathname));
  const isListed = entry?.pages.some((page) => page.path === pathname);
  if (!entry || entry.pages.length < 2 || !isListed) return null;
  return (
    <nav className={styles.tabs} aria-label={t(`frame.area.${entry.area}`)}>
      <ul>
        {entry.pages.map((page) => (
          <li key={page.path}>
            <Go to={page.path} isExact>
              {page.title && t(page.title)}
            </Go>
          </li>
        ))}
      </ul>
    </nav>
  );
}
