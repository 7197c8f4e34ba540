import { TeamOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { SavedView, SavedViews } from "../../api/contract";
import styles from "./list.module.css";
import type { ListView } from "./useListView";

/** Those that were put in front first, then a person's own, then everybody's. */
export function inOrder({ items, pinned }: SavedViews): SavedView[] {
  const place = new Map(pinned.map((id, index) => [id, index]));
  const weight = (one: SavedView) => place.get(one.id) ?? pinned.length + (one.is_mine ? 0 : 1);
  return [...items].sort((one, other) => weight(one) - weight(other));
}

export function ViewTabs({ view }: { view: ListView }) {
  const { t } = useTranslation();
  const { views, open, isChanged } = view;
  if (!views || views.items.length === 0) return null;
  return (
    <nav className={styles.tabs} aria-label={t("list.view.label")}>
      <button type="button" aria-pressed={open === null} onClick={() => view.show(null)}>
        {t("list.view.all")}
      </button>
      {inOrder(views).map((one) => {
        const isOpen = one.id === open?.id;
        const told = one.is_shared
          ? t("list.view.sharedBy", { owner: one.owner ?? t("list.view.someone") })
          : undefined;
        return (
          <button
            key={one.id}
            type="button"
            aria-pressed={isOpen}
            title={told}
            onClick={() => view.show(one)}
          >
            {one.is_shared && <TeamOutlined aria-hidden />}
            <span>{one.name}</span>
            {isOpen && isChanged && <small>{t("list.view.changed")}</small>}
          </button>
        );
      })}
    </nav>
  );
}
