import { Button, Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { useWidgets } from "../widgets";
import styles from "./board.module.css";
import { withCard } from "./layout";
import type { Board } from "./useBoard";

const kinds = ["figure", "chart", "list"] as const;

/** Every card that the board can have; those that it has are put away from here as well. */
export function AddCards({ board, onClose }: { board: Board; onClose: () => void }) {
  const { t } = useTranslation();
  const widgets = useWidgets();
  const has = new Set(board.places.map(({ key }) => key));
  return (
    <Drawer open onClose={onClose} size={380} title={t("home.board.add")}>
      {kinds.map((kind) => (
        <section key={kind} className={styles.offered}>
          <h3>{t(`home.board.kind.${kind}`)}</h3>
          <ul>
            {widgets
              .filter((widget) => widget.kind === kind)
              .map((widget) => (
                <li key={widget.key}>
                  <div>
                    <b>{t(widget.title)}</b>
                    <p>{t(widget.about)}</p>
                  </div>
                  <Button
                    size="small"
                    disabled={has.has(widget.key)}
                    aria-label={`${t("home.board.addOne")} ${t(widget.title)}`}
                    onClick={() => board.arrange(withCard(board.places, widget.key, widget.usual))}
                  >
                    {t(has.has(widget.key) ? "home.board.there" : "home.board.addOne")}
                  </Button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </Drawer>
  );
}
