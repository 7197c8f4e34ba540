import { HolderOutlined, TableOutlined } from "@ant-design/icons";
import { Button, Checkbox, Popover, Segmented, Tooltip } from "antd";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { changed, moved } from "./columns";
import styles from "./list.module.css";
import type { Density, ListView } from "./useListView";

/** Which columns a list has, in which order, and how high its rows are. */
export function ColumnChooser({ view }: { view: ListView }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={<Chooser view={view} />}
    >
      <Tooltip title={isOpen ? "" : t("list.columns.title")}>
        <Button icon={<TableOutlined />} aria-label={t("list.columns.title")} aria-expanded={isOpen} />
      </Tooltip>
    </Popover>
  );
}

function Chooser({ view }: { view: ListView }) {
  const { t } = useTranslation();
  const { settings } = view;
  const [dragged, setDragged] = useState<string | null>(null);
  const move = (key: string, to: number) => view.setColumns(moved(settings, key, to));
  const press = (event: KeyboardEvent<HTMLButtonElement>, key: string, index: number) => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!by) return;
    event.preventDefault();
    move(key, index + by);
  };
  return (
    <div className={styles.chooser}>
      <Segmented<Density>
        block
        aria-label={t("list.density.label")}
        value={view.density}
        onChange={view.setDensity}
        options={(["compact", "comfortable"] as const).map((value) => ({
          value,
          label: t(`list.density.${value}`),
        }))}
      />
      <p className={styles.hint}>{t("list.columns.hint")}</p>
      <ul className={styles.columns}>
        {settings.map(({ key, hidden }, index) => {
          const title = view.titles.get(key);
          const isFirst = index === 0;
          return (
            <li
              key={key}
              data-dragged={dragged === key}
              onDragOver={(event) => {
                event.preventDefault();
                if (dragged && dragged !== key) move(dragged, index);
              }}
            >
              <Checkbox
                checked={!hidden}
                disabled={isFirst}
                onChange={(event) =>
                  view.setColumns(changed(settings, key, { hidden: !event.target.checked }))
                }
              >
                {title}
              </Checkbox>
              {!isFirst && (
                <button
                  type="button"
                  draggable
                  className={styles.grip}
                  aria-label={t("list.columns.move", { column: typeof title === "string" ? title : key })}
                  title={t("list.columns.moveHint")}
                  onDragStart={() => setDragged(key)}
                  onDragEnd={() => setDragged(null)}
                  onKeyDown={(event) => press(event, key, index)}
                >
                  <HolderOutlined />
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <Button size="small" disabled={!view.isArranged} onClick={() => view.setColumns([])}>
        {t("list.columns.asUsual")}
      </Button>
    </div>
  );
}
