import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isSpelt } from "../search/pinyin";
import styles from "./help.module.css";
import { useGuideContents } from "./useGuide";

interface Props {
  here: string;
  onOpen: (page: string) => void;
}

/** Every page of the guide by its title, with a field that narrows them down. */
export function Contents({ here, onOpen }: Props) {
  const { t } = useTranslation();
  const contents = useGuideContents();
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const shown = (contents.data ?? []).filter(
    ({ title }) => wanted === "" || title.toLowerCase().includes(wanted) || isSpelt(title, wanted),
  );
  return (
    <nav aria-label={t("help.contents")} className={styles.contents}>
      <Input
        allowClear
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={(event) => {
          const [first] = shown;
          if (!event.nativeEvent.isComposing && first) onOpen(first.page);
        }}
        placeholder={t("help.find")}
        aria-label={t("help.find")}
      />
      <ul>
        {shown.map(({ page, title }) => (
          <li key={page}>
            <button
              type="button"
              aria-current={page === here ? "page" : undefined}
              onClick={() => onOpen(page)}
            >
              {title}
            </button>
          </li>
        ))}
      </ul>
      {contents.data && shown.length === 0 && <p>{t("help.none", { q: typed.trim() })}</p>}
    </nav>
  );
}
