import { useLocation } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Go } from "../kit/Go";
import { useNarrow } from "../kit/useNarrow";
import styles from "./Frame.module.css";
import type { FeaturePage } from "./feature";
import { areaOf, type MenuArea } from "./menu";

const PageSelect = lazy(() => import("./PageSelect").then((file) => ({ default: file.PageSelect })));

/** More than these do not stand side by side on a phone. */
const sideBySide = 3;

/** The second level of an area. One page alone needs no tabs, and neither does a page deeper down. */
export function AreaTabs({ menu }: { menu: MenuArea[] }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const isNarrow = useNarrow();
  const entry = menu.find(({ area }) => area === areaOf(pathname));
  const isListed = entry?.pages.some((page) => page.path === pathname);
  if (!entry || entry.pages.length < 2 || !isListed) return null;
  const label = t(`frame.area.${entry.area}`);
  if (isNarrow && entry.pages.length > sideBySide) {
    return (
      <Suspense fallback={<div className={styles.choosing} />}>
        <PageSelect entry={entry} here={pathname} />
      </Suspense>
    );
  }
  if (entry.groups.length === 0) {
    return (
      <nav className={styles.tabs} aria-label={label}>
        <Links pages={entry.pages} />
      </nav>
    );
  }
  const open = entry.groups.find(({ pages }) => pages.some(({ path }) => path === pathname));
  return (
    <>
      <nav className={styles.tabs} aria-label={label}>
        <ul>
          {entry.groups.map(({ group, pages }) => (
            <li key={group} className={group === open?.group ? styles.open : undefined}>
              <Go to={pages[0]?.path ?? "/"}>{t(`frame.group.${group}`)}</Go>
            </li>
          ))}
        </ul>
      </nav>
      {open && open.pages.length > 1 && (
        <nav className={styles.pages} aria-label={t(`frame.group.${open.group}`)}>
          <Links pages={open.pages} />
        </nav>
      )}
    </>
  );
}

function Links({ pages }: { pages: FeaturePage[] }) {
  const { t } = useTranslation();
  return (
    <ul>
      {pages.map((page) => (
        <li key={page.path}>
          <Go to={page.path} isExact>
            {page.title && t(page.title)}
          </Go>
        </li>
      ))}
    </ul>
  );
}
