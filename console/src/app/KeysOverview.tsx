import { Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { currentShortcuts, Keys } from "../kit/keys";
import styles from "./KeysOverview.module.css";

const isMac = navigator.platform.startsWith("Mac");

/** What the keys do, as of the page that is open. */
export function KeysOverview({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  // Read once: the overview itself covers the page.
  const [known] = useState(currentShortcuts);
  const fixed = [
    { keys: isMac ? "⌘ K" : "Ctrl K", label: "frame.keys.search" as const },
    { keys: "Esc", label: "frame.keys.close" as const },
  ];
  const groups = (["everywhere", "here"] as const)
    .map((where) => ({
      where,
      rows: [...(where === "everywhere" ? fixed : []), ...known.filter((one) => one.where === where)],
    }))
    .filter(({ rows }) => rows.length > 0);
  return (
    <Modal open onCancel={onClose} footer={null} title={t("frame.keys.title")} width={560}>
      <div className={styles.groups}>
        {groups.map(({ where, rows }) => (
          <section key={where}>
            <h3>{t(`frame.keys.${where}`)}</h3>
            <dl>
              {rows.map(({ keys, label }) => (
                <div key={keys}>
                  <dt>{t(label)}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={styles.note}>{t("frame.keys.note")}</p>
    </Modal>
  );
}
