import { HolderOutlined, MoreOutlined } from "@ant-design/icons";
import { Button, Popover } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Dashboard } from "../../../api/contract";
import type { Comparison } from "../../../api/dashboard";
import { notInPictures } from "../../../kit/picture";
import type { Widget } from "../widgets";
import { About } from "./About";
import styles from "./board.module.css";
import { CardMenu } from "./CardMenu";

interface Props {
  widget: Widget;
  dashboard: Dashboard;
  comparison: Comparison;
  /** Given while the board is being arranged. */
  onChange?: (by: { x?: number; y?: number; w?: number; h?: number } | null) => void;
}

/** A card of the board: what it shows, what it means, and what can be done with it. */
export function BoardCard({ widget, dashboard, comparison, onChange }: Props) {
  const { t } = useTranslation();
  const card = useRef<HTMLElement>(null);
  const title = t(widget.title);
  const isFigure = widget.kind === "figure";
  const { Component } = widget;
  return (
    <section
      ref={card}
      className={styles.card}
      data-kind={widget.kind}
      data-card={widget.key}
      aria-label={title}
    >
      <header className={styles.head}>
        {onChange && <HolderOutlined className={styles.holder} aria-hidden="true" />}
        {!isFigure && (
          <h2>
            <Popover
              trigger="click"
              placement="bottomLeft"
              destroyOnHidden
              content={<About widget={widget} dashboard={dashboard} />}
            >
              <button type="button" className={styles.title}>
                {title}
              </button>
            </Popover>
          </h2>
        )}
        <CardMenu
          card={card}
          widget={widget}
          dashboard={dashboard}
          comparison={comparison}
          onChange={onChange}
        >
          <Button
            {...notInPictures}
            type="text"
            size="small"
            className={styles.more}
            icon={<MoreOutlined />}
            aria-label={t("home.board.menu", { card: title })}
          />
        </CardMenu>
      </header>
      <div className={styles.body} inert={onChange !== undefined}>
        <Component dashboard={dashboard} card={widget.key} />
      </div>
    </section>
  );
}
